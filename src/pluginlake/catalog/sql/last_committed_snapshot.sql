-- One row: the id of the snapshot that this connection committed last in the lake $1.
SELECT committed.id FROM ducklake_last_committed_snapshot($1) AS committed
