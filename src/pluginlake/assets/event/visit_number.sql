-- One row an Encounter that is a visit or a part of one: the ids by which events refer to it.
SELECT
  v.person_id,
  v.resource_id AS encounter_id,
  coalesce(whole.row_id, own.row_id) AS visit_occurrence_id,
  detail.row_id AS visit_detail_id
FROM event.visit AS v
LEFT JOIN event.visit_stay AS stay ON v.resource_id = stay.resource_id AND stay.part = 'partOf'
LEFT JOIN lineage.row_source AS own
  ON own.resource_type = 'Encounter' AND v.resource_id = own.resource_id AND v.person_id = own.person_id
  AND own.part = 'visit_occurrence' AND own.retired_run_id IS NULL
LEFT JOIN lineage.row_source AS whole
  ON whole.resource_type = 'Encounter' AND stay.visit_id = whole.resource_id AND v.person_id = whole.person_id
  AND whole.part = 'visit_occurrence' AND whole.retired_run_id IS NULL
LEFT JOIN lineage.row_source AS detail
  ON detail.resource_type = 'Encounter' AND v.resource_id = detail.resource_id AND v.person_id = detail.person_id
  AND detail.part = 'partOf' AND detail.retired_run_id IS NULL
WHERE v.exclusion IS NULL
