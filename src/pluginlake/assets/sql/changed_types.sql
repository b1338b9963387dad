-- One row a resource type with a change in the lake $1 after snapshot $2 and up to $3.
SELECT DISTINCT resource_type
FROM ducklake_table_changes($1, 'raw', 'fhir_resource', $2 + 1, $3)
