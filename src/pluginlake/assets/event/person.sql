-- One row a patient who is a person in OMOP: year_of_birth is required there, so one without a birth date is none.
SELECT
  p.patient_id,
  r.number AS person_id,
  p.resource_version,
  p.batch_id,
  p.source,
  p.source_line,
  local_date(p.birth_date) AS birth_date
FROM fhir.patient AS p
JOIN lineage.registry AS r ON r.resource_type = 'Patient' AND p.resource_id = r.resource_id
WHERE local_date(p.birth_date) IS NOT NULL
