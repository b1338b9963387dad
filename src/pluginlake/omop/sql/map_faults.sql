-- One row an example of what is wrong with lines of a map: code, how many lines, where.
SELECT
  fault,
  count(*) OVER (PARTITION BY fault) AS line_count,
  'line ' || line::VARCHAR AS place
FROM (SELECT DISTINCT fault, line FROM map_resolved WHERE fault IS NOT NULL)
QUALIFY row_number() OVER (PARTITION BY fault ORDER BY line) <= 5
ORDER BY fault, line
