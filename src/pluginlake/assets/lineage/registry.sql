-- One row a patient or a thing of master data that ever arrived: its number in OMOP, given once, in order of arrival.
-- Patients count for themselves; all master data counts together, so that a care site made from a Location and one made
-- from an Organization never have one number.
WITH standing AS (
  SELECT resource_type, resource_id, number, run_id FROM lineage.registry
),

arrived AS (
  SELECT 'Patient' AS resource_type, resource_id, batch_id, source, source_line FROM fhir.patient
  UNION ALL SELECT 'Practitioner', resource_id, batch_id, source, source_line FROM fhir.practitioner
  UNION ALL SELECT 'Organization', resource_id, batch_id, source, source_line FROM fhir.organization
  UNION ALL SELECT 'Location', resource_id, batch_id, source, source_line FROM fhir.location
  UNION ALL
  SELECT
    'Address', address_key,
    min(batch_id),
    arg_min(source, (batch_id, source, coalesce(source_line, 0))),
    arg_min(source_line, (batch_id, source, coalesce(source_line, 0)))
  FROM event.address
  GROUP BY address_key
),

fresh AS (
  SELECT arrived.*
  FROM arrived
  ANTI JOIN standing ON arrived.resource_type = standing.resource_type AND arrived.resource_id = standing.resource_id
),

given AS (
  SELECT resource_type = 'Patient' AS is_patient, max(number) AS last FROM standing GROUP BY ALL
)

SELECT * FROM standing

UNION ALL

SELECT
  fresh.resource_type,
  fresh.resource_id,
  coalesce(given.last, 0) + row_number() OVER (
    PARTITION BY fresh.resource_type = 'Patient'
    ORDER BY fresh.batch_id, fresh.source, fresh.source_line, fresh.resource_type, fresh.resource_id
  ) AS number,
  getvariable('run_id') AS run_id
FROM fresh
LEFT JOIN given ON (fresh.resource_type = 'Patient') = given.is_patient
