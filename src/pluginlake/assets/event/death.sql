-- One row a person who died on a known day: deceasedDateTime, else the end of a stay that the patient did not survive.
WITH last_stay AS (
  SELECT patient_id, max(end_date) AS end_date
  FROM event.visit
  WHERE exclusion IS NULL AND discharged_to_concept_id = 32218
  GROUP BY ALL
)

SELECT
  person.*,
  coalesce(local_date(p.deceased_date_time), last_stay.end_date) AS death_date,
  local_time(p.deceased_date_time) AS death_time
FROM event.person AS person
JOIN fhir.patient AS p ON person.patient_id = p.patient_id
LEFT JOIN last_stay ON person.patient_id = last_stay.patient_id
WHERE
  coalesce(local_date(p.deceased_date_time), CASE WHEN p.deceased_boolean THEN last_stay.end_date END) IS NOT NULL
