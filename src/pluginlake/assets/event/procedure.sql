-- One row a Procedure, with what its OMOP row needs; `exclusion` says why it gives none.
SELECT
  'Procedure' AS resource_type, x.resource_id, x.resource_version, x.patient_id, x.batch_id, x.source, x.source_line,
  'code' AS element,
  0 AS element_index,
  'procedure' AS context,
  'procedure_occurrence' AS fallback_table,
  x.code AS codings,
  coalesce(
    local_date(coalesce(x.performed_date_time, x.performed_period_start)),
    local_date_at_age(p.birth_date, x.performed_age_value, x.performed_age_code)
  ) AS start_date,
  local_time(coalesce(x.performed_date_time, x.performed_period_start)) AS start_time,
  coalesce(is_partial(coalesce(x.performed_date_time, x.performed_period_start)), TRUE) AS date_is_made,
  local_date(x.performed_period_end) AS end_date,
  local_time(x.performed_period_end) AS end_time,
  x.encounter_id,
  x.performer_practitioner_id AS practitioner_id,
  32817 AS type_concept_id,
  x.body_site AS modifier_codings,
  coalesce(
    void_reason(x.status, x.has_modifier_extension), status_reason(x.status, ['completed'])
  ) AS exclusion
FROM fhir.procedure AS x
LEFT JOIN fhir.patient AS p ON x.patient_id = p.patient_id
