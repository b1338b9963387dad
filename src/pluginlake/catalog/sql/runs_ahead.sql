-- One row a run that names a snapshot which the lake $1 has not reached.
SELECT runs.snapshot_id::VARCHAR, runs.run_id
FROM lineage.run AS runs
WHERE runs.snapshot_id > (SELECT current_snapshot.id FROM ducklake_current_snapshot($1) AS current_snapshot)
ORDER BY runs.snapshot_id
