-- One row a refused record of the batch $1 (NULL = of all batches), in order of source and line; short, for people.
SELECT
  quarantined.quarantine_id AS id,
  quarantined.source,
  quarantined.line,
  quarantined.reason_code AS reason,
  quarantined.message
FROM quality.quarantine AS quarantined
WHERE $1::VARCHAR IS NULL OR quarantined.batch_id = $1
ORDER BY quarantined.source, quarantined.line, quarantined.quarantine_id
