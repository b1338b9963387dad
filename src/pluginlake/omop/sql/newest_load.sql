-- One row: the snapshot of the newest load of vocabularies; NULL if there was none.
SELECT max(snapshot_id) FROM vocab.release
