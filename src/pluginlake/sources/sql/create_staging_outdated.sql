-- One row a resource whose newest version changed: its identifiers of before may be gone.
CREATE TABLE IF NOT EXISTS staging_versions.outdated (batch_id VARCHAR, resource_type VARCHAR, resource_id VARCHAR)
