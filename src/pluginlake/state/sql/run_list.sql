-- One row a run, the newest first; at most $1.
SELECT
  run_id,
  kind,
  principal,
  status,
  started_at,
  finished_at,
  snapshot_id,
  detail_json
FROM run
ORDER BY started_at DESC, run_id DESC
LIMIT $1;
