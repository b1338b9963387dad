-- One row: how many snapshots stand.
SELECT count(*) FROM ducklake_snapshot
