-- One row a batch that begins. Fails if its id is there already.
INSERT INTO batch (batch_id, run_id, kind, source, principal, program_version, status, started_at)
VALUES ($1, $2, $3, $4, $5, $6, 'running', $7);
