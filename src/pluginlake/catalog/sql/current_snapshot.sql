-- One row: the id of the newest snapshot of the lake $1, as this connection's transaction sees it.
SELECT current_snapshot.id FROM ducklake_current_snapshot($1) AS current_snapshot
