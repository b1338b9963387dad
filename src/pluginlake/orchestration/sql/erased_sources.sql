-- The files that are about the patient alone: all in them was the patient's, or no other Patient was. Their names may
-- name the patient.
WITH judged AS (
  SELECT
    delivered.source,
    delivered.resource_type = 'Patient' AS is_patient,
    gone.resource_id IS NOT NULL AS is_gone
  FROM raw.fhir_resource AS delivered
  LEFT JOIN erasing.erased.resource AS gone
    ON delivered.resource_type = gone.resource_type AND delivered.resource_id = gone.resource_id
)

SELECT source
FROM judged
GROUP BY source
HAVING bool_and(is_gone) OR (bool_or(is_patient AND is_gone) AND NOT bool_or(is_patient AND NOT is_gone))
