-- One row a data or delete file that some snapshot needs: its path, table, kind, rows and bytes as recorded.
-- $1 = the data path. Paths are stored relative to table, schema and data path, each of which may be absolute instead.
-- Reads DuckLake's own tables; their flags are integers on SQLite and booleans on PostgreSQL.
WITH
table_folder AS (
  SELECT
    tables.table_id,
    any_value(schemas.schema_name || '.' || tables.table_name) AS table_name,
    any_value(
      CASE
        WHEN NOT tables.path_is_relative::BOOLEAN THEN tables.path
        WHEN NOT schemas.path_is_relative::BOOLEAN THEN schemas.path || tables.path
        ELSE $1 || schemas.path || tables.path
      END
    ) AS folder
  FROM ducklake_table AS tables
  INNER JOIN ducklake_schema AS schemas ON tables.schema_id = schemas.schema_id
  GROUP BY tables.table_id
),

file AS (
  SELECT table_id, path, path_is_relative::BOOLEAN AS relative, false AS deletes, record_count AS row_count, file_size_bytes
  FROM ducklake_data_file
  UNION ALL
  SELECT table_id, path, path_is_relative::BOOLEAN AS relative, true AS deletes, delete_count AS row_count, file_size_bytes
  FROM ducklake_delete_file
)

SELECT
  CASE WHEN file.relative THEN table_folder.folder || file.path ELSE file.path END AS path,
  table_folder.table_name,
  file.deletes,
  file.row_count::BIGINT AS row_count,
  file.file_size_bytes::BIGINT AS byte_count
FROM file
INNER JOIN table_folder ON file.table_id = table_folder.table_id
ORDER BY path
