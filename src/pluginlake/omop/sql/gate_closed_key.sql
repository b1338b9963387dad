-- One row: how many rows of child_table have a child_column that parent_table lacks, and some of those values.
-- The four names are replaced by a line of data/gate_key.csv.
WITH dangling AS (
  SELECT
    child.child_column AS missing_key,
    count(*) AS row_count
  FROM child_table AS child
  ANTI JOIN parent_table AS parent ON child.child_column = parent.parent_column
  WHERE child.child_column IS NOT NULL
  GROUP BY child.child_column
)

SELECT
  coalesce(sum(dangling.row_count), 0)::BIGINT AS violations,
  (
    SELECT string_agg('child_column ' || example.missing_key::VARCHAR, chr(10))
    FROM (SELECT missing_key FROM dangling ORDER BY missing_key LIMIT 5) AS example
  ) AS examples
FROM dangling
