-- One row: the release that the newest load of $1 had; nothing if there was none.
SELECT release FROM vocab.release WHERE name = $1 ORDER BY snapshot_id DESC LIMIT 1
