-- One row a record that a batch refused, as it will stand in quality.quarantine.
CREATE TABLE IF NOT EXISTS staging_survey.quarantine (
    batch_id VARCHAR, quarantine_id VARCHAR, source VARCHAR, line BIGINT, resource_type VARCHAR, resource_id VARCHAR,
    reason_code VARCHAR, message VARCHAR, body VARCHAR)
