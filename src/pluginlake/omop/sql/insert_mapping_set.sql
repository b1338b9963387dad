-- Notes a set of local maps. $1 id, $2 version, $3 format, $4 licence, $5 precedence, $6 source, $7 hash, $8 run, $9 snapshot.
INSERT INTO mapping_set (
  mapping_set_id, version, format, licence, precedence, source, content_hash, run_id, snapshot_id
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
