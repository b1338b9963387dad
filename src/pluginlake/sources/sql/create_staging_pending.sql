-- One row a reference that a written version leaves unresolved.
CREATE TABLE IF NOT EXISTS staging_versions.pending (
    batch_id VARCHAR, resource_type VARCHAR, resource_id VARCHAR, version BIGINT, reference VARCHAR)
