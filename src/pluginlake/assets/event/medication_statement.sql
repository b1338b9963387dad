-- One row a MedicationStatement, with what its OMOP row needs; `exclusion` says why it gives none. Without a practitioner
-- as its source it is what the patient or somebody close to them says.
WITH contained AS (
  SELECT resource_id, '#' || contained_id AS reference, code FROM fhir.medication_statement_contained
)

SELECT
  'MedicationStatement' AS resource_type, s.resource_id, s.resource_version, s.patient_id, s.batch_id, s.source, s.source_line,
  'medication' AS element,
  0 AS element_index,
  'drug' AS context,
  'drug_exposure' AS fallback_table,
  medication_codings(s.medication, m.code, c.code) AS codings,
  local_date(coalesce(s.effective_date_time, s.effective_period_start, s.date_asserted)) AS start_date,
  local_time(coalesce(s.effective_date_time, s.effective_period_start, s.date_asserted)) AS start_time,
  coalesce(is_partial(coalesce(s.effective_date_time, s.effective_period_start)), TRUE) AS date_is_made,
  local_date(s.effective_period_end) AS end_date,
  local_time(s.effective_period_end) AS end_time,
  local_date(s.effective_period_end) AS verbatim_end_date,
  s.encounter_id,
  s.information_source_practitioner_id AS practitioner_id,
  CASE WHEN s.information_source_practitioner_id IS NOT NULL THEN 32817 ELSE 32865 END AS type_concept_id,
  try_cast(s.dose_value AS DOUBLE) AS quantity,
  s.dose_unit,
  s.dosage_text AS sig,
  s.route AS route_codings,
  coalesce(
    void_reason(s.status, s.has_modifier_extension), status_reason(s.status, ['active', 'completed'])
  ) AS exclusion
FROM fhir.medication_statement AS s
LEFT JOIN fhir.medication AS m ON s.medication_id = m.resource_id
LEFT JOIN contained AS c ON s.resource_id = c.resource_id AND s.medication_reference = c.reference
