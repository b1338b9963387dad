-- One row a refused record of the batch $1 (NULL = of all batches), with all that is known of it but its body: that is a
-- patient's data, and is shown one at a time.
SELECT
  quarantined.quarantine_id,
  quarantined.batch_id,
  quarantined.snapshot_id,
  quarantined.source,
  quarantined.line,
  quarantined.resource_type,
  quarantined.resource_id,
  quarantined.reason_code,
  quarantined.message
FROM quality.quarantine AS quarantined
WHERE $1::VARCHAR IS NULL OR quarantined.batch_id = $1
ORDER BY quarantined.source, quarantined.line, quarantined.quarantine_id
