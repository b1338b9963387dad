-- One row a version of the resource $1/$2: where it came from, oldest first.
SELECT
  versions.version,
  versions.source,
  versions.source_line,
  left(versions.content_hash, 12) AS content,
  versions.superseded
FROM raw.fhir_resource AS versions
WHERE versions.resource_type = $1 AND versions.resource_id = $2
ORDER BY versions.version
