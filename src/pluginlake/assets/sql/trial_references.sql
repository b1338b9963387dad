-- One row a row that a resource has in an OMOP table: how expected values name it, and its id.
SELECT 'ref:' || resource_type || '/' || resource_id || ':' || omop_table AS reference, min(row_id)::VARCHAR AS id
FROM lineage.row_source
WHERE retired_run_id IS NULL
GROUP BY ALL
