-- The run with the id $1.
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
WHERE run_id = $1;
