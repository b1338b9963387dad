-- Records a run, or overwrites what was recorded of it.
INSERT INTO run (run_id, kind, principal, status, started_at, finished_at, snapshot_id, detail_json)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (run_id) DO UPDATE SET
  kind = excluded.kind,
  principal = excluded.principal,
  status = excluded.status,
  started_at = excluded.started_at,
  finished_at = excluded.finished_at,
  snapshot_id = excluded.snapshot_id,
  detail_json = excluded.detail_json;
