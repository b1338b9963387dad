-- One row an example of a kind of line that the CSV reader refused: code, how many of the kind, where. $1 = examples.
-- A line with several faults counts once, by its first. Values are left out: the file may not be a vocabulary at all.
WITH refused AS (
  SELECT
    line,
    CASE
      WHEN bool_or(error_type IN ('MISSING COLUMNS', 'TOO MANY COLUMNS')) THEN 'column_count'
      WHEN bool_or(error_type = 'INVALID ENCODING') THEN 'wrong_encoding'
      WHEN bool_or(error_type = 'LINE SIZE OVER MAXIMUM') THEN 'line_too_long'
      WHEN bool_or(error_type = 'CAST') THEN 'bad_value'
      ELSE 'unreadable_line'
    END AS code,
    arg_min(column_name, column_idx) AS column_name
  FROM reject_errors
  GROUP BY line
),

numbered AS (
  SELECT
    code,
    line,
    column_name,
    count(*) OVER (PARTITION BY code) AS lines,
    row_number() OVER (PARTITION BY code ORDER BY line) AS ordinal
  FROM refused
)

SELECT
  code,
  lines,
  'line ' || line::VARCHAR || CASE WHEN code = 'bad_value' THEN ', column ' || column_name ELSE '' END AS place
FROM numbered
WHERE ordinal <= $1
ORDER BY code, ordinal
