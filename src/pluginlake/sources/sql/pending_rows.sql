-- One row a version in the lake that waits for a reference which the batch $1 resolved (staged as awaited).
SELECT DISTINCT resource.resource_type, resource.resource_id, resource.version, resource.body::VARCHAR AS body
FROM raw.fhir_resource AS resource
JOIN raw.fhir_reference_pending AS pending USING (resource_type, resource_id, version)
JOIN staging_references.awaited AS resolved ON resolved.reference = pending.reference AND resolved.batch_id = $1
WHERE resource.body IS NOT NULL
