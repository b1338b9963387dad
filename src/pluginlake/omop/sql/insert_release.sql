-- Notes what was loaded. $1 name, $2 release, $3 snapshot_id, $4 run_id, $5 source, $6 partial, $7 findings.
INSERT INTO vocab.release (name, release, snapshot_id, run_id, loaded_at, source, partial, findings)
VALUES ($1, $2, $3, $4, now(), $5, $6, $7)
