-- The batch with the id $1.
SELECT
  batch_id,
  run_id,
  kind,
  source,
  principal,
  program_version,
  started_at,
  status,
  received,
  stored,
  unchanged,
  superseded,
  deleted,
  quarantined,
  snapshot_id,
  message,
  finished_at
FROM batch
WHERE batch_id = $1;
