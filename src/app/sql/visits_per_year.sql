-- One row a year: how many visits of each kind began in it, and how many people came.
-- Reads the newest version of each Encounter.
WITH newest AS (
  SELECT encounters.patient_id, encounters.deleted, encounters.body
  FROM raw.fhir_resource AS encounters
  WHERE encounters.resource_type = 'Encounter' AND NOT encounters.superseded
  QUALIFY encounters.version = max(encounters.version) OVER (PARTITION BY encounters.resource_id)
),

visits AS (
  SELECT
    left(newest.body ->> '$.period.start', 4)::INTEGER AS year,
    newest.body ->> '$.class.code' AS kind,
    newest.patient_id
  FROM newest
  WHERE NOT newest.deleted
)

SELECT
  visits.year,
  count(*) FILTER (WHERE visits.kind = 'AMB') AS consultations,
  count(*) FILTER (WHERE visits.kind = 'EMER') AS emergencies,
  count(*) FILTER (WHERE visits.kind = 'IMP') AS admissions,
  count(DISTINCT visits.patient_id) AS people
FROM visits
GROUP BY visits.year
ORDER BY visits.year
