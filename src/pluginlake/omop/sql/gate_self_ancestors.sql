-- One row: how many standard concepts are not their own descendant, and some of them: concept sets would miss them.
WITH missing AS (
  SELECT concept.concept_id
  FROM bundle_concept AS concept
  ANTI JOIN (
    SELECT ancestor_concept_id FROM bundle_concept_ancestor WHERE ancestor_concept_id = descendant_concept_id
  ) AS own ON concept.concept_id = own.ancestor_concept_id
  WHERE concept.standard_concept = 'S' AND concept.invalid_reason IS NULL
)

SELECT
  count(*) AS violations,
  (
    SELECT string_agg('concept_id ' || example.concept_id::VARCHAR, chr(10))
    FROM (SELECT * FROM missing ORDER BY concept_id LIMIT 5) AS example
  ) AS examples
FROM missing
