-- One row a data or delete file that some snapshot needs: its path below the data path, 1 if it lies there at all, and
-- its bytes. Reads DuckLake's own tables on SQLite (flags are 0 and 1) and on PostgreSQL (booleans) alike.
WITH
table_folder AS (
  SELECT DISTINCT
    ducklake_table.table_id,
    ducklake_schema.path || ducklake_table.path AS folder,
    CASE WHEN ducklake_table.path_is_relative THEN CASE WHEN ducklake_schema.path_is_relative THEN 1 ELSE 0 END ELSE 0 END AS inside
  FROM ducklake_table
  INNER JOIN ducklake_schema ON ducklake_table.schema_id = ducklake_schema.schema_id
),

file AS (
  SELECT table_id, path, path_is_relative, file_size_bytes
  FROM ducklake_data_file
  UNION ALL
  SELECT table_id, path, path_is_relative, file_size_bytes
  FROM ducklake_delete_file
)

SELECT DISTINCT
  table_folder.folder || file.path AS name,
  CASE WHEN file.path_is_relative THEN table_folder.inside ELSE 0 END AS inside,
  file.file_size_bytes AS byte_count
FROM file
INNER JOIN table_folder ON file.table_id = table_folder.table_id
ORDER BY name;
