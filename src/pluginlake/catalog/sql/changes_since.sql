-- One row a table that stands, with the snapshot that made it and the last one after $1 that changed its rows (NULL =
-- none did). Read from DuckLake's own tables; flushes, merges and rewrites of files leave the rows as they were.
WITH change AS (
  SELECT snapshot_id, unnest(string_split(changes_made, ',')) AS change
  FROM ducklake_snapshot_changes
  WHERE snapshot_id > $1
),

changed AS (
  SELECT try_cast(split_part(change, ':', 2) AS BIGINT) AS table_id, max(snapshot_id) AS snapshot_id
  FROM change
  WHERE split_part(change, ':', 1) IN (
    'inserted_into_table', 'deleted_from_table', 'altered_table', 'inlined_insert', 'inlined_delete'
  )
  GROUP BY ALL
)

SELECT schemas.schema_name || '.' || tables.table_name AS name, made.snapshot_id AS made_snapshot, changed.snapshot_id
FROM ducklake_table AS tables
JOIN ducklake_schema AS schemas ON tables.schema_id = schemas.schema_id AND schemas.end_snapshot IS NULL
JOIN (SELECT table_id, min(begin_snapshot) AS snapshot_id FROM ducklake_table GROUP BY table_id) AS made
  ON tables.table_id = made.table_id
LEFT JOIN changed ON tables.table_id = changed.table_id
WHERE tables.end_snapshot IS NULL
