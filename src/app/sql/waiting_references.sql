-- One row: how many references wait for a target that has not arrived.
SELECT count(*) FROM raw.fhir_reference_pending AS waiting
