-- One row a batch, the newest first; at most $1.
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
ORDER BY started_at DESC, batch_id DESC
LIMIT $1;
