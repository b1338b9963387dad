-- One row a Procedure, with what its OMOP row needs; `exclusion` says why it gives none.
SELECT
  'Procedure' AS resource_type, resource_id, resource_version, patient_id, batch_id, source, source_line,
  'code' AS element,
  0 AS element_index,
  'procedure' AS context,
  'procedure_occurrence' AS fallback_table,
  code AS codings,
  local_date(coalesce(performed_date_time, performed_period_start)) AS start_date,
  local_time(coalesce(performed_date_time, performed_period_start)) AS start_time,
  is_partial(coalesce(performed_date_time, performed_period_start)) AS date_is_made,
  local_date(performed_period_end) AS end_date,
  local_time(performed_period_end) AS end_time,
  encounter_id,
  performer_practitioner_id AS practitioner_id,
  32817 AS type_concept_id,
  body_site AS modifier_codings,
  CASE
    WHEN status = 'entered-in-error' THEN 'entered_in_error'
    WHEN coalesce(status, 'unknown') <> 'completed' THEN 'status_' || replace(coalesce(status, 'unknown'), '-', '_')
  END AS exclusion
FROM fhir.procedure
