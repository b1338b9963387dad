-- One row a resource that is or ever was in the compartment of the patient $1, the patient among them.
SELECT DISTINCT resource_type, resource_id
FROM raw.fhir_resource
WHERE patient_id = $1 OR (resource_type = 'Patient' AND resource_id = $1)
UNION
SELECT 'Patient', $1
