-- One row: the refused record $1 as it was received.
SELECT
  quarantined.quarantine_id,
  quarantined.batch_id,
  quarantined.snapshot_id,
  quarantined.source,
  quarantined.line,
  quarantined.resource_type,
  quarantined.resource_id,
  quarantined.reason_code,
  quarantined.message,
  quarantined.body
FROM quality.quarantine AS quarantined
WHERE quarantined.quarantine_id = $1
