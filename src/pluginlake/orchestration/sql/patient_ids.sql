-- The id of every patient of whom anything ever came in.
SELECT DISTINCT patient_id
FROM (
  SELECT patient_id FROM raw.fhir_resource WHERE patient_id IS NOT NULL
  UNION ALL
  SELECT resource_id FROM raw.fhir_resource WHERE resource_type = 'Patient'
)
ORDER BY patient_id
