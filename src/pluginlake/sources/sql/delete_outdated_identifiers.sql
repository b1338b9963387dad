-- Forgets identifiers that the newest version of a resource no longer carries. $1 = batch_id.
DELETE FROM raw.fhir_identifier AS known
WHERE EXISTS (
        SELECT 1 FROM staging_versions.outdated AS outdated
        WHERE outdated.batch_id = $1 AND outdated.resource_type = known.resource_type
          AND outdated.resource_id = known.resource_id)
  AND NOT EXISTS (
        SELECT 1 FROM staging_survey.identifier AS staged
        WHERE staged.batch_id = $1 AND staged.resource_type = known.resource_type
          AND staged.resource_id = known.resource_id AND staged.value = known.value
          AND staged.system IS NOT DISTINCT FROM known.system)
