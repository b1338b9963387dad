-- One row a part of a visit: an Encounter that is part of another, or a stay at a place during an Encounter. `visit_id`
-- is the Encounter whose visit it belongs to, `parent_id` the one whose part it is, if that is a part itself.
WITH counted AS (
  SELECT * FROM event.visit WHERE exclusion IS NULL
)

SELECT
  part.resource_id, part.resource_version, part.patient_id, part.person_id, part.batch_id, part.source, part.source_line,
  'partOf' AS part,
  part.visit_id,
  nullif(part.part_of_id, part.visit_id) AS parent_id,
  part.start_date, part.start_time, part.end_date, part.end_time,
  part.concept_id, part.source_value, part.provider_id, part.care_site_id,
  part.admitted_from_concept_id, part.admitted_from_source_value,
  part.discharged_to_concept_id, part.discharged_to_source_value
FROM counted AS part
WHERE part.part_of_id IS NOT NULL

UNION ALL BY NAME

SELECT
  whole.resource_id, whole.resource_version, whole.patient_id, whole.person_id, whole.batch_id, whole.source, whole.source_line,
  'location ' || stay.location_index AS part,
  whole.visit_id,
  nullif(whole.resource_id, whole.visit_id) AS parent_id,
  coalesce(local_date(stay.period_start), whole.start_date) AS start_date,
  CASE WHEN stay.period_start IS NULL THEN whole.start_time ELSE local_time(stay.period_start) END AS start_time,
  coalesce(local_date(stay.period_end), whole.end_date) AS end_date,
  CASE WHEN stay.period_end IS NULL THEN whole.end_time ELSE local_time(stay.period_end) END AS end_time,
  whole.concept_id, whole.source_value, whole.provider_id,
  coalesce(ward.number, whole.care_site_id) AS care_site_id,
  0 AS admitted_from_concept_id,
  0 AS discharged_to_concept_id
FROM fhir.encounter_location AS stay
JOIN counted AS whole ON stay.resource_id = whole.resource_id
LEFT JOIN event.ward AS ward ON stay.location_id = ward.resource_id
WHERE coalesce(stay.location_status, 'completed') <> 'planned'
