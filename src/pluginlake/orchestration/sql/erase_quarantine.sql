-- Removes what was refused of the erased resources, by its key or because it refers to the patient $1 or is that
-- patient, even where the text is cut short.
DELETE FROM quality.quarantine AS refused
WHERE
  regexp_matches(refused.body, 'Patient/' || regexp_escape($1) || '([^A-Za-z0-9.-]|$)')
  OR (
    regexp_matches(refused.body, '"resourceType"\s*:\s*"Patient"')
    AND regexp_matches(refused.body, '"id"\s*:\s*"' || regexp_escape($1) || '("|$)')
  )
  OR EXISTS (
    SELECT 1
    FROM erasing.erased.resource AS gone
    WHERE refused.resource_type = gone.resource_type AND refused.resource_id = gone.resource_id
  )
