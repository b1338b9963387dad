-- One row a conditional reference that a batch settles.
CREATE TABLE IF NOT EXISTS staging_versions.settled (
    batch_id VARCHAR, reference VARCHAR, resource_type VARCHAR, resource_id VARCHAR)
