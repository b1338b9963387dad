-- One row: the oldest and the newest snapshot that stand.
SELECT min(snapshot_id) AS oldest, max(snapshot_id) AS newest FROM ducklake_snapshot
