-- One row an asset: the last time it was brought up to date.
SELECT
  asset,
  max(snapshot_id) AS snapshot_id,
  arg_max(run_id, snapshot_id) AS run_id,
  arg_max(fingerprint, snapshot_id) AS fingerprint,
  arg_max(mode, snapshot_id) AS mode,
  arg_max(rows, snapshot_id) AS rows
FROM lineage.asset_version
GROUP BY asset
