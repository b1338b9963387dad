-- Takes the smallest and largest texts that DuckLake noted for a table's columns from the files that stand; it only ever
-- widens them, so that texts of deleted rows would stay. A column of which a file does not say its bounds has none.
UPDATE ducklake_table_column_stats AS noted
SET
  min_value = standing.min_value,
  max_value = standing.max_value
FROM (
  SELECT
    text_column.table_id,
    text_column.column_id,
    CASE WHEN coalesce(bool_and(bounds.is_bounded), true) THEN min(bounds.min_value) END AS min_value,
    CASE WHEN coalesce(bool_and(bounds.is_bounded), true) THEN max(bounds.max_value) END AS max_value
  FROM (
    SELECT DISTINCT table_id, column_id
    FROM ducklake_column
    WHERE lower(column_type) IN ('varchar', 'json', 'blob', 'uuid')
  ) AS text_column
  LEFT JOIN (
    SELECT
      stats.table_id,
      stats.column_id,
      stats.min_value,
      stats.max_value,
      (stats.min_value IS NOT NULL AND stats.max_value IS NOT NULL) OR coalesce(stats.value_count <= stats.null_count, false)
        AS is_bounded
    FROM ducklake_file_column_stats AS stats
    SEMI JOIN ducklake_data_file AS files ON stats.data_file_id = files.data_file_id AND files.end_snapshot IS NULL
  ) AS bounds ON text_column.table_id = bounds.table_id AND text_column.column_id = bounds.column_id
  GROUP BY text_column.table_id, text_column.column_id
) AS standing
WHERE noted.table_id = standing.table_id AND noted.column_id = standing.column_id
