-- One row a version in the lake whose reference could be resolved by what this batch brings.
CREATE TABLE IF NOT EXISTS staging_rewritten.rewritten (
    batch_id VARCHAR, resource_type VARCHAR, resource_id VARCHAR, version BIGINT, body VARCHAR, content_hash VARCHAR,
    patient_id VARCHAR)
