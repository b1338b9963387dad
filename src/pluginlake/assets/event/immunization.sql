-- One row an Immunization, with what its OMOP row needs; `exclusion` says why it gives none.
SELECT
  'Immunization' AS resource_type, resource_id, resource_version, patient_id, batch_id, source, source_line,
  'vaccineCode' AS element,
  0 AS element_index,
  'vaccine' AS context,
  'drug_exposure' AS fallback_table,
  vaccine_code AS codings,
  local_date(occurrence_date_time) AS start_date,
  local_time(occurrence_date_time) AS start_time,
  is_partial(occurrence_date_time) AS date_is_made,
  local_date(occurrence_date_time) AS end_date,
  local_time(occurrence_date_time) AS end_time,
  encounter_id,
  performer_practitioner_id AS practitioner_id,
  CASE report_origin[1].code
    WHEN 'recall' THEN 32865
    WHEN 'record' THEN 32848
    WHEN 'school' THEN 32848
    ELSE 32818
  END AS type_concept_id,
  try_cast(dose_value AS DOUBLE) AS quantity,
  dose_unit,
  lot_number,
  route AS route_codings,
  coalesce(
    void_reason(status, has_modifier_extension), status_reason(status, ['completed'])
  ) AS exclusion
FROM fhir.immunization
