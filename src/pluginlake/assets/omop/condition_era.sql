-- One row a time in which a person has a condition: records of one concept that overlap or lie at most 30 days apart, by
-- the rules of OHDSI. A record without an end lasts a day; concept 0 has no eras. The era has the id of its first record.
WITH spell AS (
  SELECT
    condition_occurrence_id AS spell_id,
    person_id,
    condition_concept_id,
    condition_start_date AS start_date,
    greatest(coalesce(condition_end_date, condition_start_date + 1), condition_start_date) AS end_date
  FROM omop.condition_occurrence
  WHERE condition_concept_id <> 0
),

followed AS (
  SELECT
    *,
    max(end_date) OVER (
      PARTITION BY person_id, condition_concept_id
      ORDER BY start_date, spell_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS reached
  FROM spell
),

numbered AS (
  SELECT
    *,
    count(*) FILTER (WHERE reached IS NULL OR start_date > reached + 30) OVER (
      PARTITION BY person_id, condition_concept_id
      ORDER BY start_date, spell_id
      ROWS UNBOUNDED PRECEDING
    ) AS era
  FROM followed
)

SELECT
  arg_min(spell_id, (start_date, spell_id)) AS condition_era_id,
  person_id,
  condition_concept_id,
  min(start_date) AS condition_era_start_date,
  max(end_date) AS condition_era_end_date,
  count(spell_id)::INTEGER AS condition_occurrence_count
FROM numbered
GROUP BY person_id, condition_concept_id, era
