-- One row a conditional reference that a batch settles.
CREATE TABLE IF NOT EXISTS memory.staging.settled (
    batch_id VARCHAR, reference VARCHAR, resource_type VARCHAR, resource_id VARCHAR)
