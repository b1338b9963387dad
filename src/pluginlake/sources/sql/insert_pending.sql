-- Remembers the references that wait for their target. $1 = batch_id.
INSERT INTO raw.fhir_reference_pending BY NAME
SELECT resource_type, resource_id, version, reference FROM staging_versions.pending WHERE batch_id = $1
