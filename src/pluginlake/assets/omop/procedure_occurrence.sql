-- One row a procedure: a statement whose standard concept is of the domain Procedure.
SELECT
  row_id AS procedure_occurrence_id,
  person_id,
  concept_id AS procedure_concept_id,
  start_date AS procedure_date,
  start_time AS procedure_datetime,
  end_date AS procedure_end_date,
  end_time AS procedure_end_datetime,
  type_concept_id AS procedure_type_concept_id,
  modifier_concept_id,
  NULL::INTEGER AS quantity,
  provider_id,
  visit_occurrence_id,
  visit_detail_id,
  source_value AS procedure_source_value,
  source_concept_id AS procedure_source_concept_id,
  modifier_source_value
FROM event.fact
WHERE omop_table = 'procedure_occurrence'
