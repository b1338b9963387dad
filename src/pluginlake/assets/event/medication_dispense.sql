-- One row a MedicationDispense, with what its OMOP row needs; `exclusion` says why it gives none.
WITH contained AS (
  SELECT resource_id, '#' || contained_id AS reference, code FROM fhir.medication_dispense_contained
)

SELECT
  'MedicationDispense' AS resource_type, d.resource_id, d.resource_version, d.patient_id, d.batch_id, d.source, d.source_line,
  'medication' AS element,
  0 AS element_index,
  'drug' AS context,
  'drug_exposure' AS fallback_table,
  medication_codings(d.medication, m.code, c.code) AS codings,
  local_date(coalesce(d.when_handed_over, d.when_prepared)) AS start_date,
  local_time(coalesce(d.when_handed_over, d.when_prepared)) AS start_time,
  is_partial(coalesce(d.when_handed_over, d.when_prepared)) AS date_is_made,
  (local_date(coalesce(d.when_handed_over, d.when_prepared)) + to_days(whole_days(d.days_supply_value, d.days_supply_code)))::DATE AS end_date,
  d.encounter_id,
  d.performer_practitioner_id AS practitioner_id,
  32825 AS type_concept_id,
  try_cast(d.quantity_value AS DOUBLE) AS quantity,
  whole_days(d.days_supply_value, d.days_supply_code) AS days_supply,
  d.dose_unit,
  d.dosage_text AS sig,
  d.route AS route_codings,
  coalesce(
    void_reason(d.status, d.has_modifier_extension), status_reason(d.status, ['completed'])
  ) AS exclusion
FROM fhir.medication_dispense AS d
LEFT JOIN fhir.medication AS m ON d.medication_id = m.resource_id
LEFT JOIN contained AS c ON d.resource_id = c.resource_id AND d.medication_reference = c.reference
