-- Nothing waits any more for the references that $1 resolved (staged as wanted under that batch_id).
DELETE FROM raw.fhir_reference_pending
WHERE reference IN (SELECT reference FROM memory.staging.wanted WHERE batch_id = $1)
