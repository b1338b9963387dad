-- Writes what a batch refused, each broken record once for ever (quarantine_id). $1 = batch_id, $2 = snapshot_id.
INSERT INTO quality.quarantine BY NAME
SELECT quarantine_id, any_value(batch_id) AS batch_id, $2::BIGINT AS snapshot_id, any_value(source) AS source,
       any_value(line) AS line, any_value(resource_type) AS resource_type, any_value(resource_id) AS resource_id,
       any_value(reason_code) AS reason_code, any_value(message) AS message, any_value(body) AS body
FROM staging_survey.quarantine
WHERE batch_id = $1 AND quarantine_id NOT IN (SELECT quarantine_id FROM quality.quarantine)
GROUP BY quarantine_id
