-- Records which assets the run $1 brought up to date in snapshot $2: one row an element of the JSON array $3.
INSERT INTO lineage.asset_version (
  run_id, asset, snapshot_id, fingerprint, mode, rows, rows_written, rows_removed, duration_ms
)
SELECT
  $1,
  versions.version.asset,
  $2,
  versions.version.fingerprint,
  versions.version.mode,
  versions.version.rows,
  versions.version.rows_written,
  versions.version.rows_removed,
  versions.version.duration_ms
FROM (
  SELECT unnest(from_json(
    $3::JSON,
    '[{"asset": "VARCHAR", "fingerprint": "VARCHAR", "mode": "VARCHAR", "rows": "BIGINT", "rows_written": "BIGINT",
       "rows_removed": "BIGINT", "duration_ms": "BIGINT"}]'
  )) AS version
) AS versions
