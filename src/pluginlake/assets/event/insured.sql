-- One row a Coverage, with what its OMOP row needs; `exclusion` says why it gives none. One without an end lasts, for
-- now, until the day this version came in.
SELECT
  'Coverage' AS resource_type, c.resource_id, c.resource_version, c.patient_id, c.batch_id, c.source, c.source_line,
  person.person_id,
  local_date(c.period_start) AS start_date,
  greatest(coalesce(local_date(c.period_end), arrival_date(c.batch_id)), local_date(c.period_start)) AS end_date,
  c.payor_organization_id AS payer_source_value,
  c.type[1].code AS plan_source_value,
  coalesce(
    void_reason(c.status, c.has_modifier_extension),
    status_reason(c.status, ['active', 'cancelled']),
    CASE
      WHEN person.person_id IS NULL THEN 'no_person'
      WHEN local_date(c.period_start) IS NULL THEN 'no_date'
    END
  ) AS exclusion
FROM fhir.coverage AS c
LEFT JOIN event.person AS person ON c.patient_id = person.patient_id
