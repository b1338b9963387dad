-- One row a part of a visit: a stay at a place, or an Encounter that is part of another.
SELECT
  s.row_id AS visit_detail_id,
  stay.person_id,
  stay.concept_id AS visit_detail_concept_id,
  stay.start_date AS visit_detail_start_date,
  stay.start_time AS visit_detail_start_datetime,
  stay.end_date AS visit_detail_end_date,
  stay.end_time AS visit_detail_end_datetime,
  32817::BIGINT AS visit_detail_type_concept_id,
  stay.provider_id,
  stay.care_site_id,
  stay.source_value AS visit_detail_source_value,
  0::BIGINT AS visit_detail_source_concept_id,
  stay.admitted_from_concept_id,
  stay.admitted_from_source_value,
  stay.discharged_to_source_value,
  stay.discharged_to_concept_id,
  NULL::BIGINT AS preceding_visit_detail_id,
  parent.row_id AS parent_visit_detail_id,
  whole.row_id AS visit_occurrence_id
FROM event.visit_stay AS stay
JOIN lineage.row_source AS s
  ON stay.person_id = s.person_id AND s.resource_type = 'Encounter' AND stay.resource_id = s.resource_id
  AND stay.part = s.part AND s.retired_run_id IS NULL
JOIN lineage.row_source AS whole
  ON stay.person_id = whole.person_id AND whole.resource_type = 'Encounter' AND stay.visit_id = whole.resource_id
  AND whole.part = 'visit_occurrence' AND whole.retired_run_id IS NULL
LEFT JOIN lineage.row_source AS parent
  ON stay.person_id = parent.person_id AND parent.resource_type = 'Encounter' AND stay.parent_id = parent.resource_id
  AND parent.part = 'partOf' AND parent.retired_run_id IS NULL
