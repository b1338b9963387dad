-- One row a conditional reference that has a target: wanted by the batch $1, or pending in the lake.
-- What was resolved once stays so; else exactly one resource must carry the identifier, in the lake or in the batch.
WITH wanted AS (
    SELECT reference FROM staging_survey.wanted WHERE batch_id = $1
    UNION
    SELECT reference FROM raw.fhir_reference_pending
),
settled AS (
    SELECT target.reference, target.resource_type, target.resource_id
    FROM raw.fhir_reference_target AS target
    SEMI JOIN wanted USING (reference)
),
known AS (
    SELECT resource_type, resource_id, system, value FROM raw.fhir_identifier
    WHERE resource_type IN (SELECT split_part(reference, '?', 1) FROM wanted)
    UNION
    SELECT resource_type, resource_id, system, value FROM staging_survey.identifier
    WHERE batch_id = $1 AND resource_type IN (SELECT split_part(reference, '?', 1) FROM wanted)
),
candidate AS (
    SELECT resource_type || '?identifier=' || coalesce(system, '') || '|' || value AS reference, resource_type, resource_id
    FROM known
    UNION ALL
    SELECT resource_type || '?identifier=' || value AS reference, resource_type, resource_id
    FROM known
),
matched AS (
    SELECT reference, min(resource_type) AS resource_type, min(resource_id) AS resource_id
    FROM candidate
    SEMI JOIN wanted USING (reference)
    ANTI JOIN settled USING (reference)
    GROUP BY reference
    HAVING count(DISTINCT resource_id) = 1
)
SELECT reference, resource_type, resource_id, true AS was_settled FROM settled
UNION ALL
SELECT reference, resource_type, resource_id, false AS was_settled FROM matched
