-- Nothing waits any more for the references that the batch $1 resolved.
DELETE FROM raw.fhir_reference_pending
WHERE reference IN (SELECT reference FROM staging_references.awaited WHERE batch_id = $1)
