-- One row a conditional reference that versions in the lake waited for and that a batch resolves.
CREATE TABLE IF NOT EXISTS staging_references.awaited (batch_id VARCHAR, reference VARCHAR)
