-- One row: 1 if the lake $1 has the table that numbers its layout, else 0.
SELECT count(*)
FROM duckdb_tables() AS tables
WHERE tables.database_name = $1 AND tables.schema_name = 'lineage' AND tables.table_name = 'schema_version'
