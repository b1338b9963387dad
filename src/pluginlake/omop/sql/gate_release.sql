-- One row: 1 if the bundle does not say which release it is.
SELECT
  (count(*) FILTER (WHERE vocabulary_version IS NOT NULL) = 0)::BIGINT AS violations,
  NULL::VARCHAR AS examples
FROM bundle_vocabulary
WHERE vocabulary_id = 'None'
