-- Records the run behind the commit that is open; one row a commit.
INSERT INTO lineage.run (
  run_id, kind, principal, on_behalf_of, purpose, started_at, committed_at, snapshot_id, code_fingerprint,
  program_version, counts
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
