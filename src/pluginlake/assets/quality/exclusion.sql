-- One row a resource that an OMOP table leaves out, and why: the present state.
WITH left_out AS (
  SELECT DISTINCT 'omop/' || fallback_table AS asset, resource_type, resource_id, exclusion AS reason_code, patient_id
  FROM event.event
  WHERE exclusion IS NOT NULL

  UNION ALL
  SELECT 'omop/visit_occurrence', 'Encounter', resource_id, exclusion, patient_id
  FROM event.visit
  WHERE exclusion IS NOT NULL

  UNION ALL
  SELECT 'omop/payer_plan_period', resource_type, resource_id, exclusion, patient_id
  FROM event.insured
  WHERE exclusion IS NOT NULL

  UNION ALL
  SELECT 'omop/person', 'Patient', p.resource_id, 'no_birth_date', p.patient_id
  FROM fhir.patient AS p
  WHERE local_date(p.birth_date) IS NULL

  UNION ALL
  SELECT 'omop/death', 'Patient', p.resource_id, 'no_death_date', p.patient_id
  FROM fhir.patient AS p
  JOIN event.person AS person ON p.patient_id = person.patient_id
  ANTI JOIN event.death AS death ON p.patient_id = death.patient_id
  WHERE p.deceased_boolean OR p.deceased_date_time IS NOT NULL

  UNION ALL
  SELECT 'fhir/resource', resource_type, resource_id, 'view_error', patient_id
  FROM fhir.resource
  WHERE view_error IS NOT NULL
)

SELECT getvariable('run_id') AS run_id, asset, resource_type, resource_id, reason_code, patient_id
FROM left_out
