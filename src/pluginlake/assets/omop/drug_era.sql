-- One row a time in which a person uses an ingredient, by the rules of OHDSI: records that overlap are one use; uses at
-- most 30 days apart are one era; gap_days are the days of the era without any use. Drugs without an ingredient have no
-- eras. The id is that of the era's first record, times 64, plus the ingredient's place among those of that record.
WITH followed AS (
  SELECT
    *,
    max(end_date) OVER (
      PARTITION BY person_id, ingredient_concept_id
      ORDER BY start_date, drug_exposure_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS reached
  FROM event.ingredient
),

numbered AS (
  SELECT
    *,
    count(*) FILTER (WHERE reached IS NULL OR start_date > reached) OVER (
      PARTITION BY person_id, ingredient_concept_id
      ORDER BY start_date, drug_exposure_id
      ROWS UNBOUNDED PRECEDING
    ) AS use,
    count(*) FILTER (WHERE reached IS NULL OR start_date > reached + 30) OVER (
      PARTITION BY person_id, ingredient_concept_id
      ORDER BY start_date, drug_exposure_id
      ROWS UNBOUNDED PRECEDING
    ) AS era
  FROM followed
),

use AS (
  SELECT
    person_id,
    ingredient_concept_id,
    era,
    arg_min(drug_exposure_id, (start_date, drug_exposure_id)) AS first_id,
    min(start_date) AS start_date,
    max(end_date) AS end_date,
    count(drug_exposure_id) AS exposures
  FROM numbered
  GROUP BY person_id, ingredient_concept_id, era, use
),

era AS (
  SELECT
    person_id,
    ingredient_concept_id,
    arg_min(first_id, (start_date, first_id)) AS first_id,
    min(start_date) AS start_date,
    max(end_date) AS end_date,
    sum(exposures) AS exposures,
    sum(end_date - start_date) AS days_of_use
  FROM use
  GROUP BY person_id, ingredient_concept_id, era
)

SELECT
  first_id * 64 + row_number() OVER (PARTITION BY person_id, first_id ORDER BY ingredient_concept_id) - 1 AS drug_era_id,
  person_id,
  ingredient_concept_id AS drug_concept_id,
  start_date AS drug_era_start_date,
  end_date AS drug_era_end_date,
  exposures::INTEGER AS drug_exposure_count,
  (end_date - start_date - days_of_use)::INTEGER AS gap_days
FROM era
