-- One row a diagnosis: how many people have had it, the most frequent first. Only what has a standard concept counts;
-- what has none is in quality.unmapped.
SELECT
  concepts.concept_name AS diagnosis,
  conditions.condition_concept_id AS concept_id,
  count(DISTINCT conditions.person_id) AS people
FROM omop.condition_occurrence AS conditions
JOIN omop.concept AS concepts ON conditions.condition_concept_id = concepts.concept_id
WHERE conditions.condition_concept_id <> 0
GROUP BY ALL
ORDER BY people DESC, diagnosis
LIMIT 10
