-- One row: the snapshot of the newest load whose release is $1.
SELECT snapshot_id FROM vocab.release WHERE release = $1 ORDER BY snapshot_id DESC LIMIT 1
