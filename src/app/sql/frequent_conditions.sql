-- One row a diagnosis: how many people have had it, the most frequent first.
-- Reads the newest version of each Condition; a diagnosis is the first code it was recorded with.
WITH newest AS (
  SELECT conditions.patient_id, conditions.deleted, conditions.body
  FROM raw.fhir_resource AS conditions
  WHERE conditions.resource_type = 'Condition' AND NOT conditions.superseded
  QUALIFY conditions.version = max(conditions.version) OVER (PARTITION BY conditions.resource_id)
)

SELECT
  newest.body ->> '$.code.text' AS diagnosis,
  newest.body ->> '$.code.coding[0].code' AS code,
  count(DISTINCT newest.patient_id) AS people
FROM newest
WHERE NOT newest.deleted
GROUP BY ALL
ORDER BY people DESC, diagnosis
LIMIT 10
