-- One row a MedicationRequest, with what its OMOP row needs. Which intents and statuses count is the profile's choice:
-- hl7 takes instance orders only; orders-as-exposures takes all orders, and one that was stopped was in use until then.
WITH contained AS (
  SELECT resource_id, '#' || contained_id AS reference, code FROM fhir.medication_request_contained
)

SELECT
  'MedicationRequest' AS resource_type, r.resource_id, r.resource_version, r.patient_id, r.batch_id, r.source, r.source_line,
  'medication' AS element,
  0 AS element_index,
  'drug' AS context,
  'drug_exposure' AS fallback_table,
  medication_codings(r.medication, m.code, c.code) AS codings,
  local_date(r.authored_on) AS start_date,
  local_time(r.authored_on) AS start_time,
  is_partial(r.authored_on) AS date_is_made,
  (local_date(r.authored_on) + to_days(whole_days(r.supply_duration_value, r.supply_duration_code)))::DATE AS end_date,
  r.encounter_id,
  r.requester_practitioner_id AS practitioner_id,
  CASE WHEN r.reported_boolean OR r.reported_by_reference THEN 32865 ELSE 32838 END AS type_concept_id,
  try_cast(r.quantity_value AS DOUBLE) AS quantity,
  try_cast(r.repeats_allowed AS INTEGER) AS refills,
  whole_days(r.supply_duration_value, r.supply_duration_code) AS days_supply,
  r.dosage_text AS sig,
  r.route AS route_codings,
  coalesce(
    void_reason(r.status, r.has_modifier_extension),
    CASE
      WHEN getvariable('mapping_profile') = 'hl7' AND coalesce(r.intent, '') <> 'instance-order'
        THEN 'intent_' || replace(coalesce(r.intent, 'absent'), '-', '_')
      WHEN coalesce(r.intent, '') NOT IN ('order', 'original-order', 'reflex-order', 'filler-order', 'instance-order')
        THEN 'intent_' || replace(coalesce(r.intent, 'absent'), '-', '_')
      WHEN r.status = 'stopped' AND getvariable('mapping_profile') = 'hl7' THEN 'status_stopped'
    END,
    status_reason(r.status, ['active', 'completed', 'stopped'])
  ) AS exclusion
FROM fhir.medication_request AS r
LEFT JOIN fhir.medication AS m ON r.medication_id = m.resource_id
LEFT JOIN contained AS c ON r.resource_id = c.resource_id AND r.medication_reference = c.reference
