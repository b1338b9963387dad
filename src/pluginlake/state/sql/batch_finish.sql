-- Records how a batch ended; returns its id, or no row if it never began. Repeating it overwrites.
UPDATE batch
SET
  status = $2,
  finished_at = $3,
  snapshot_id = $4,
  received = $5,
  stored = $6,
  unchanged = $7,
  superseded = $8,
  deleted = $9,
  quarantined = $10,
  message = $11
WHERE batch_id = $1
RETURNING batch_id;
