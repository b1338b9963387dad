-- Remembers the identifiers of what a batch brought, each once. $1 = batch_id.
INSERT INTO raw.fhir_identifier BY NAME
SELECT DISTINCT resource_type, resource_id, system, value
FROM staging_survey.identifier AS staged
WHERE batch_id = $1 AND NOT EXISTS (
    SELECT 1 FROM raw.fhir_identifier AS known
    WHERE known.resource_type = staged.resource_type AND known.resource_id = staged.resource_id
      AND known.value = staged.value AND known.system IS NOT DISTINCT FROM staged.system)
