-- One row a reference that a written version leaves unresolved.
CREATE TABLE IF NOT EXISTS memory.staging.pending (
    batch_id VARCHAR, resource_type VARCHAR, resource_id VARCHAR, version BIGINT, reference VARCHAR)
