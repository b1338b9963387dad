-- One row a condition: a statement whose standard concept is of the domain Condition, whatever resource it came in.
SELECT
  row_id AS condition_occurrence_id,
  person_id,
  concept_id AS condition_concept_id,
  start_date AS condition_start_date,
  start_time AS condition_start_datetime,
  end_date AS condition_end_date,
  end_time AS condition_end_datetime,
  type_concept_id AS condition_type_concept_id,
  status_concept_id AS condition_status_concept_id,
  stop_reason,
  provider_id,
  visit_occurrence_id,
  visit_detail_id,
  source_value AS condition_source_value,
  source_concept_id AS condition_source_concept_id,
  status_source_value AS condition_status_source_value
FROM event.fact
WHERE omop_table = 'condition_occurrence'
