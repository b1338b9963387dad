-- One row: how many rows of key_table are one too many for its key, and some of the keys that stand twice.
-- key_table and key_columns are replaced by a line of data/gate_unique.csv.
WITH doubled AS (
  SELECT
    concat_ws(' ', key_columns) AS doubled_key,
    count(*) - 1 AS row_count
  FROM key_table
  GROUP BY key_columns
  HAVING count(*) > 1
)

SELECT
  coalesce(sum(doubled.row_count), 0)::BIGINT AS violations,
  (
    SELECT string_agg(example.doubled_key, chr(10))
    FROM (SELECT doubled_key FROM doubled ORDER BY doubled_key LIMIT 5) AS example
  ) AS examples
FROM doubled
