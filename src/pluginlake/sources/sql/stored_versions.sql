-- One row a version in the lake of the resource types that a batch brings: what decides about the next version.
SELECT resource_type, resource_id, version, version_id, epoch_us(last_updated) AS last_updated, content_hash, superseded,
       deleted
FROM raw.fhir_resource
WHERE list_contains(string_split($1, ','), resource_type)
