-- One row a code in the data that has no standard concept, the most frequent first; at most $1.
SELECT
  system,
  code,
  display,
  domain_hint,
  occurrences,
  persons
FROM quality.unmapped
ORDER BY occurrences DESC, system ASC, code ASC
LIMIT $1
