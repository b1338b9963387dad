-- Rewrites in place the versions whose reference found its target: same version, a change for consumers. $1 = batch_id.
UPDATE raw.fhir_resource AS resource
SET body = rewritten.body::JSON, content_hash = rewritten.content_hash, patient_id = rewritten.patient_id
FROM staging_rewritten.rewritten AS rewritten
WHERE rewritten.batch_id = $1
  AND resource.resource_type = rewritten.resource_type
  AND resource.resource_id = rewritten.resource_id
  AND resource.version = rewritten.version
