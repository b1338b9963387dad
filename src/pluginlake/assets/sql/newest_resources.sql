-- One row a resource that stands: its newest version, unless that says it was deleted. Few resources have a second
-- version, so those are looked for first and the rest is taken as it is read.
WITH later AS (
  SELECT resource_type, resource_id, max(version) AS version
  FROM raw.fhir_resource
  WHERE version > 1 AND NOT superseded
  GROUP BY ALL
)

SELECT
  r.resource_type,
  r.resource_id,
  r.version AS resource_version,
  r.patient_id,
  r.batch_id,
  r.source,
  r.source_line,
  r.body
FROM raw.fhir_resource AS r
LEFT JOIN later ON r.resource_type = later.resource_type AND r.resource_id = later.resource_id
WHERE NOT r.deleted AND NOT r.superseded AND r.version = coalesce(later.version, 1)
