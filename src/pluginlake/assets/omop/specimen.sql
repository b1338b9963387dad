-- One row a specimen taken: a statement whose standard concept is of the domain Specimen.
SELECT
  row_id AS specimen_id,
  person_id,
  concept_id AS specimen_concept_id,
  type_concept_id AS specimen_type_concept_id,
  start_date AS specimen_date,
  start_time AS specimen_datetime,
  quantity,
  unit_concept_id,
  coalesce(modifier_concept_id, 0) AS anatomic_site_concept_id,
  0::BIGINT AS disease_status_concept_id,
  NULL::VARCHAR AS specimen_source_id,
  source_value AS specimen_source_value,
  unit_source_value,
  modifier_source_value AS anatomic_site_source_value,
  NULL::VARCHAR AS disease_status_source_value
FROM event.fact
WHERE omop_table = 'specimen'
