-- One row a snapshot of the lake $1 that names a run which lineage.run does not have with that snapshot.
WITH
named AS (
  SELECT snapshots.snapshot_id, json_extract_string(snapshots.commit_extra_info, '$.run_id') AS run_id
  FROM ducklake_snapshots($1) AS snapshots
  WHERE json_valid(snapshots.commit_extra_info)
)

SELECT named.snapshot_id::VARCHAR, named.run_id
FROM named
ANTI JOIN lineage.run AS runs ON named.run_id = runs.run_id AND named.snapshot_id = runs.snapshot_id
WHERE named.run_id IS NOT NULL
ORDER BY named.snapshot_id
