-- One row a concept that the station's OMOP tables name: in how many rows, as their subject, source, unit or value. A row
-- that names it as subject and source counts once.
WITH named AS (
  SELECT
    condition_concept_id AS concept_id,
    count(*) AS row_count
  FROM omop.condition_occurrence
  GROUP BY condition_concept_id
  UNION ALL
  SELECT
    condition_source_concept_id AS concept_id,
    count(*) AS row_count
  FROM omop.condition_occurrence
  WHERE condition_source_concept_id <> condition_concept_id
  GROUP BY condition_source_concept_id
  UNION ALL
  SELECT
    drug_concept_id AS concept_id,
    count(*) AS row_count
  FROM omop.drug_exposure
  GROUP BY drug_concept_id
  UNION ALL
  SELECT
    drug_source_concept_id AS concept_id,
    count(*) AS row_count
  FROM omop.drug_exposure
  WHERE drug_source_concept_id <> drug_concept_id
  GROUP BY drug_source_concept_id
  UNION ALL
  SELECT
    procedure_concept_id AS concept_id,
    count(*) AS row_count
  FROM omop.procedure_occurrence
  GROUP BY procedure_concept_id
  UNION ALL
  SELECT
    procedure_source_concept_id AS concept_id,
    count(*) AS row_count
  FROM omop.procedure_occurrence
  WHERE procedure_source_concept_id <> procedure_concept_id
  GROUP BY procedure_source_concept_id
  UNION ALL
  SELECT
    device_concept_id AS concept_id,
    count(*) AS row_count
  FROM omop.device_exposure
  GROUP BY device_concept_id
  UNION ALL
  SELECT
    device_source_concept_id AS concept_id,
    count(*) AS row_count
  FROM omop.device_exposure
  WHERE device_source_concept_id <> device_concept_id
  GROUP BY device_source_concept_id
  UNION ALL
  SELECT
    measurement_concept_id AS concept_id,
    count(*) AS row_count
  FROM omop.measurement
  GROUP BY measurement_concept_id
  UNION ALL
  SELECT
    measurement_source_concept_id AS concept_id,
    count(*) AS row_count
  FROM omop.measurement
  WHERE measurement_source_concept_id <> measurement_concept_id
  GROUP BY measurement_source_concept_id
  UNION ALL
  SELECT
    observation_concept_id AS concept_id,
    count(*) AS row_count
  FROM omop.observation
  GROUP BY observation_concept_id
  UNION ALL
  SELECT
    observation_source_concept_id AS concept_id,
    count(*) AS row_count
  FROM omop.observation
  WHERE observation_source_concept_id <> observation_concept_id
  GROUP BY observation_source_concept_id
  UNION ALL
  SELECT
    unit_concept_id AS concept_id,
    count(*) AS row_count
  FROM omop.measurement
  GROUP BY unit_concept_id
  UNION ALL
  SELECT
    value_as_concept_id AS concept_id,
    count(*) AS row_count
  FROM omop.measurement
  GROUP BY value_as_concept_id
  UNION ALL
  SELECT
    value_as_concept_id AS concept_id,
    count(*) AS row_count
  FROM omop.observation
  GROUP BY value_as_concept_id
  UNION ALL
  SELECT
    visit_concept_id AS concept_id,
    count(*) AS row_count
  FROM omop.visit_occurrence
  GROUP BY visit_concept_id
  UNION ALL
  SELECT
    specimen_concept_id AS concept_id,
    count(*) AS row_count
  FROM omop.specimen
  GROUP BY specimen_concept_id
  UNION ALL
  SELECT
    gender_concept_id AS concept_id,
    count(*) AS row_count
  FROM omop.person
  GROUP BY gender_concept_id
)

SELECT
  concept_id,
  sum(row_count)::BIGINT AS row_count
FROM named
WHERE concept_id > 0
GROUP BY concept_id
