-- Settles what conditional references mean from now on. $1 = batch_id.
INSERT INTO raw.fhir_reference_target BY NAME
SELECT reference, resource_type, resource_id FROM staging_versions.settled WHERE batch_id = $1
