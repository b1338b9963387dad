-- One row: 1 if the snapshot $1 stands, 0 if it never was or has expired.
SELECT count(*) FROM ducklake_snapshot AS snapshots WHERE snapshots.snapshot_id = $1
