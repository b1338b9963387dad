-- One row: the release of Athena that stood at the snapshot $1.
SELECT release
FROM vocab.release
WHERE snapshot_id <= $1 AND name = 'Athena'
ORDER BY snapshot_id DESC
LIMIT 1
