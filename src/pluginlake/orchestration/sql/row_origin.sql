-- One row a resource version that the row $2 of the OMOP table $1 is made from, with the file and line it came from.
SELECT
  s.resource_type,
  s.resource_id,
  s.resource_version,
  s.part,
  s.retired_run_id,
  r.source,
  r.source_line,
  r.batch_id,
  r.content_hash,
  s.mapping_set_id,
  m.version
FROM lineage.row_source AS s
LEFT JOIN raw.fhir_resource AS r
  ON s.resource_type = r.resource_type AND s.resource_id = r.resource_id AND s.resource_version = r.version
LEFT JOIN vocab.mapping_set AS m ON s.mapping_set_id = m.mapping_set_id
WHERE s.omop_table = $1 AND s.row_id = $2
ORDER BY s.retired_run_id IS NOT NULL, s.resource_type, s.resource_id, s.part
