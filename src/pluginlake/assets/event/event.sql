-- One row a statement in a resource that may become OMOP rows by its code. Columns a kind of resource has no use for
-- are NULL. person_id: NULL = the patient is unknown or no person, and `exclusion` says so.
WITH statement AS (
  SELECT * FROM event.condition
  UNION ALL BY NAME SELECT * FROM event.observation
  UNION ALL BY NAME SELECT * FROM event.procedure
  UNION ALL BY NAME SELECT * FROM event.medication_request
  UNION ALL BY NAME SELECT * FROM event.medication_administration
  UNION ALL BY NAME SELECT * FROM event.medication_statement
  UNION ALL BY NAME SELECT * FROM event.medication_dispense
  UNION ALL BY NAME SELECT * FROM event.immunization
  UNION ALL BY NAME SELECT * FROM event.allergy
  UNION ALL BY NAME SELECT * FROM event.device
  UNION ALL BY NAME SELECT * FROM event.specimen
)

SELECT
  statement.* EXCLUDE (exclusion),
  person.person_id,
  provider.number AS provider_id,
  CASE
    WHEN statement.exclusion IS NOT NULL THEN statement.exclusion
    WHEN person.person_id IS NULL THEN 'no_person'
    WHEN statement.start_date IS NULL THEN 'no_date'
    WHEN len(list_filter(statement.codings, x -> x.code IS NOT NULL)) = 0 THEN 'no_code'
  END AS exclusion
FROM statement
LEFT JOIN event.person AS person ON statement.patient_id = person.patient_id
LEFT JOIN event.provider AS provider ON statement.practitioner_id = provider.resource_id
