-- One row an identifier of a resource that a batch brings.
CREATE TABLE IF NOT EXISTS staging_survey.identifier (
    batch_id VARCHAR, resource_type VARCHAR, resource_id VARCHAR, system VARCHAR, value VARCHAR)
