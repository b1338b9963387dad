-- Removes what was refused of the erased resources: by its key, because it refers to one of them or has the id of one as
-- a text of its own (even where the body is cut short), or because it came in a file about the patient alone.
DELETE FROM quality.quarantine AS refused
WHERE
  EXISTS (
    SELECT 1
    FROM erasing.erased.resource AS gone
    WHERE
      (refused.resource_type = gone.resource_type AND refused.resource_id = gone.resource_id)
      OR contains(refused.body, '"' || gone.resource_id || '"')
      OR (
        contains(refused.body, gone.resource_type || '/' || gone.resource_id)
        AND regexp_matches(
          refused.body, gone.resource_type || '/' || regexp_escape(gone.resource_id) || '([^A-Za-z0-9.-]|$)'
        )
      )
  )
  OR (
    regexp_matches(refused.body, '"resourceType"\s*:\s*"Patient"')
    AND regexp_matches(refused.body, '"id"\s*:\s*"' || regexp_escape($1) || '("|$)')
  )
  OR refused.source IN (SELECT source FROM erasing.erased.source)
