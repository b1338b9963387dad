-- One row a code in the data that has no standard concept, the most frequent first; at most $1.
CREATE OR REPLACE TEMP TABLE unmapped AS
SELECT
  row_number() OVER (ORDER BY occurrences DESC, system ASC, code ASC) AS place,
  system,
  code,
  display,
  domain_hint,
  occurrences,
  persons
FROM quality.unmapped
ORDER BY place
LIMIT $1
