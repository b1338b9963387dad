-- One row: the last time the asset $1 was brought up to date, and the run that did it.
SELECT
  v.run_id,
  v.snapshot_id,
  v.fingerprint,
  v.mode,
  v.rows,
  v.rows_written,
  v.rows_removed,
  r.principal,
  epoch_us(r.started_at) AS started_at,
  epoch_us(r.committed_at) AS committed_at,
  coalesce(r.program_version, '') AS program_version
FROM lineage.asset_version AS v
JOIN lineage.run AS r ON v.run_id = r.run_id AND v.snapshot_id = r.snapshot_id
WHERE v.asset = $1
ORDER BY v.snapshot_id DESC
LIMIT 1
