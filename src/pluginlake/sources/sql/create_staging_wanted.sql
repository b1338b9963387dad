-- One row a conditional reference (Type?identifier=system|value) that a batch holds.
CREATE TABLE IF NOT EXISTS staging_survey.wanted (batch_id VARCHAR, reference VARCHAR)
