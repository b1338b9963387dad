-- One row a visit: an Encounter that took place and is no part of another.
SELECT
  s.row_id AS visit_occurrence_id,
  v.person_id,
  v.concept_id AS visit_concept_id,
  v.start_date AS visit_start_date,
  v.start_time AS visit_start_datetime,
  v.end_date AS visit_end_date,
  v.end_time AS visit_end_datetime,
  32817::BIGINT AS visit_type_concept_id,
  v.provider_id,
  v.care_site_id,
  v.source_value AS visit_source_value,
  0::BIGINT AS visit_source_concept_id,
  v.admitted_from_concept_id,
  v.admitted_from_source_value,
  v.discharged_to_concept_id,
  v.discharged_to_source_value,
  NULL::BIGINT AS preceding_visit_occurrence_id
FROM event.visit AS v
JOIN lineage.row_source AS s
  ON v.person_id = s.person_id AND s.resource_type = 'Encounter' AND v.resource_id = s.resource_id
  AND s.part = 'visit_occurrence' AND s.retired_run_id IS NULL
WHERE v.exclusion IS NULL AND v.part_of_id IS NULL
