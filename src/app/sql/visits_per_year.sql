-- One row a year and kind of visit (AMB, EMER, IMP): how many visits began in it.
-- Reads the newest version of each Encounter.
WITH newest AS (
  SELECT encounters.deleted, encounters.body
  FROM raw.fhir_resource AS encounters
  WHERE encounters.resource_type = 'Encounter' AND NOT encounters.superseded
  QUALIFY encounters.version = max(encounters.version) OVER (PARTITION BY encounters.resource_id)
)

SELECT
  left(newest.body ->> '$.period.start', 4)::INTEGER AS year,
  newest.body ->> '$.class.code' AS kind,
  count(*) AS visits
FROM newest
WHERE NOT newest.deleted
GROUP BY ALL
ORDER BY year, kind
