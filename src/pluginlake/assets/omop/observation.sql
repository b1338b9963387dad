-- One row an observation: a statement whose standard concept has no table of its own, and what is doubted or denied.
SELECT
  row_id AS observation_id,
  person_id,
  concept_id AS observation_concept_id,
  start_date AS observation_date,
  start_time AS observation_datetime,
  type_concept_id AS observation_type_concept_id,
  value_number AS value_as_number,
  value_string AS value_as_string,
  value_concept_id AS value_as_concept_id,
  CASE WHEN doubt = 'provisional' THEN 32899 WHEN doubt IS NOT NULL THEN 0 ELSE interpretation_concept_id END AS qualifier_concept_id,
  unit_concept_id,
  provider_id,
  visit_occurrence_id,
  visit_detail_id,
  source_value AS observation_source_value,
  source_concept_id AS observation_source_concept_id,
  unit_source_value,
  coalesce(doubt, interpretation_source_value) AS qualifier_source_value,
  left(value_as_written, 50) AS value_source_value,
  event_id AS observation_event_id,
  event_field_concept_id AS obs_event_field_concept_id
FROM event.fact
WHERE omop_table = 'observation'
