-- One row a measurement: a statement whose standard concept is of the domain Measurement. A component leads to the row
-- of its whole, if that has one.
SELECT
  row_id AS measurement_id,
  person_id,
  concept_id AS measurement_concept_id,
  start_date AS measurement_date,
  start_time AS measurement_datetime,
  NULL::VARCHAR AS measurement_time,
  type_concept_id AS measurement_type_concept_id,
  operator_concept_id,
  value_number AS value_as_number,
  coalesce(value_concept_id, interpretation_concept_id) AS value_as_concept_id,
  unit_concept_id,
  range_low,
  range_high,
  provider_id,
  visit_occurrence_id,
  visit_detail_id,
  source_value AS measurement_source_value,
  source_concept_id AS measurement_source_concept_id,
  unit_source_value,
  unit_source_concept_id,
  left(value_as_written, 50) AS value_source_value,
  event_id AS measurement_event_id,
  event_field_concept_id AS meas_event_field_concept_id
FROM event.fact
WHERE omop_table = 'measurement'
