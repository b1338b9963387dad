-- One row a MedicationAdministration, with what its OMOP row needs; `exclusion` says why it gives none.
WITH contained AS (
  SELECT resource_id, '#' || contained_id AS reference, code FROM fhir.medication_administration_contained
)

SELECT
  'MedicationAdministration' AS resource_type, a.resource_id, a.resource_version, a.patient_id, a.batch_id, a.source, a.source_line,
  'medication' AS element,
  0 AS element_index,
  'drug' AS context,
  'drug_exposure' AS fallback_table,
  medication_codings(a.medication, m.code, c.code) AS codings,
  local_date(coalesce(a.effective_date_time, a.effective_period_start)) AS start_date,
  local_time(coalesce(a.effective_date_time, a.effective_period_start)) AS start_time,
  is_partial(coalesce(a.effective_date_time, a.effective_period_start)) AS date_is_made,
  local_date(a.effective_period_end) AS end_date,
  local_time(a.effective_period_end) AS end_time,
  a.encounter_id,
  a.performer_practitioner_id AS practitioner_id,
  32818 AS type_concept_id,
  try_cast(a.dose_value AS DOUBLE) AS quantity,
  a.dose_unit,
  a.dosage_text AS sig,
  a.route AS route_codings,
  coalesce(
    void_reason(a.status, a.has_modifier_extension), status_reason(a.status, ['completed', 'in-progress', 'stopped'])
  ) AS exclusion
FROM fhir.medication_administration AS a
LEFT JOIN fhir.medication AS m ON a.medication_id = m.resource_id
LEFT JOIN contained AS c ON a.resource_id = c.resource_id AND a.medication_reference = c.reference
