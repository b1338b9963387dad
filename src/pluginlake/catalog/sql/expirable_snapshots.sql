-- One row a snapshot that may go: made before $1 (TIMESTAMPTZ), below $2 (the lowest cursor of a consumer, or NULL) and
-- not the newest. Asked here and not by DuckLake's older_than, which on SQLite takes every snapshot for old (1.5.5).
SELECT snapshots.snapshot_id
FROM ducklake_snapshot AS snapshots
WHERE
  snapshots.snapshot_time::TIMESTAMPTZ < $1
  AND ($2::BIGINT IS NULL OR snapshots.snapshot_id < $2)
  AND snapshots.snapshot_id < (SELECT max(newest.snapshot_id) FROM ducklake_snapshot AS newest)
ORDER BY snapshots.snapshot_id
