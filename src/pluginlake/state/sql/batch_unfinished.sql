-- One row a batch that began and never ended, the oldest first; at most $1.
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
WHERE status = 'running'
ORDER BY started_at, batch_id
LIMIT $1;
