-- One row a reference that some version in the lake waits for.
SELECT DISTINCT reference FROM raw.fhir_reference_pending
