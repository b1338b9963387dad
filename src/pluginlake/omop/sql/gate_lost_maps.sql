-- One row: how many lines of local maps lead to a concept that will not be standard and valid, and which sets they are of.
SELECT
  count(*) AS violations,
  string_agg(DISTINCT stand.mapping_set_id, chr(10) ORDER BY stand.mapping_set_id) AS examples
FROM will_stand AS stand
ANTI JOIN (
  SELECT concept_id FROM concept WHERE standard_concept = 'S' AND invalid_reason IS NULL
) AS standard ON stand.target_concept_id = standard.concept_id
WHERE stand.target_concept_id > 0
