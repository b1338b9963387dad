-- One row a column of a table of the lake $1, tables together and columns in order.
-- Read from DuckDB's own list, so that what is compared is what a statement would meet.
SELECT
  columns.schema_name,
  columns.table_name,
  columns.column_name,
  columns.data_type
FROM duckdb_columns() AS columns
WHERE columns.database_name = $1
ORDER BY columns.schema_name, columns.table_name, columns.column_index
