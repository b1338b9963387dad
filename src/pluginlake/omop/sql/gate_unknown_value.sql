-- One row: how many rows of flag_table have a flag_column other than NULL or a letter of $1, and where the first are.
-- The two names are replaced by a line of data/gate_value.csv.
WITH unknown AS (
  SELECT count(*) AS row_count
  FROM flag_table
  WHERE flag_column IS NOT NULL AND (length(flag_column) <> 1 OR NOT contains($1, flag_column))
)

SELECT
  unknown.row_count AS violations,
  'flag_column is neither empty nor one of ' || $1 AS examples
FROM unknown
