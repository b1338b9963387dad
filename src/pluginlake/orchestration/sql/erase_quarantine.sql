-- Removes what was refused of the erased resources, by its key or because it names the patient $1.
DELETE FROM quality.quarantine AS refused
WHERE
  contains(refused.body, $1)
  OR EXISTS (
    SELECT 1
    FROM erasing.erased.resource AS gone
    WHERE refused.resource_type = gone.resource_type AND refused.resource_id = gone.resource_id
  )
