-- One row: 1 if the lake has the table that numbers its layout, else 0.
-- Asked of DuckLake's own tables: duckdb_tables() costs a hundred times as much, at each start of a verb.
SELECT count(*)
FROM ducklake_table AS tables
INNER JOIN ducklake_schema AS schemas ON tables.schema_id = schemas.schema_id
WHERE
  schemas.schema_name = 'lineage'
  AND tables.table_name = 'schema_version'
  AND tables.end_snapshot IS NULL
  AND schemas.end_snapshot IS NULL
