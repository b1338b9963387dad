-- One row a SNOMED concept that a DHD concept names and that means nothing any more: retired, without a map.
CREATE OR REPLACE TEMP TABLE dhd_new_retired AS
SELECT DISTINCT
  concept_code,
  source_concept_id
FROM dhd_new_code
WHERE vocabulary_id = 'SNOMED' AND target_concept_id IS NULL AND source_concept_id > 0
