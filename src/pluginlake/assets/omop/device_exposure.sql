-- One row a device used: a statement whose standard concept is of the domain Device.
SELECT
  row_id AS device_exposure_id,
  person_id,
  concept_id AS device_concept_id,
  start_date AS device_exposure_start_date,
  start_time AS device_exposure_start_datetime,
  end_date AS device_exposure_end_date,
  end_time AS device_exposure_end_datetime,
  type_concept_id AS device_type_concept_id,
  device_identifier AS unique_device_id,
  production_id,
  NULL::INTEGER AS quantity,
  provider_id,
  visit_occurrence_id,
  visit_detail_id,
  source_value AS device_source_value,
  source_concept_id AS device_source_concept_id,
  NULL::BIGINT AS unit_concept_id,
  NULL::VARCHAR AS unit_source_value,
  NULL::BIGINT AS unit_source_concept_id
FROM event.fact
WHERE omop_table = 'device_exposure'
