-- One row a line of the map and a concept it names, with what is wrong with it, if anything. $1 = mapping_set_id.
CREATE OR REPLACE TABLE map_resolved AS
SELECT
  $1::VARCHAR AS mapping_set_id,
  named.*,
  coalesce(found.concept_id, named.target_concept_id) AS found_concept_id,
  CASE
    WHEN named.source_code IS NULL OR named.target IS NULL THEN 'missing_value'
    WHEN named.source_vocabulary_id IS NULL THEN 'unknown_system'
    WHEN named.target_concept_id = 0 THEN NULL
    WHEN found.is_sound IS NULL THEN 'unknown_target'
    WHEN NOT found.is_sound THEN 'unsound_target'
  END AS fault
FROM map_named AS named
LEFT JOIN map_targets AS found
  ON
    named.target_concept_id IS NOT DISTINCT FROM found.named_id
    AND (CASE WHEN named.target_concept_id IS NULL THEN named.target_vocabulary_id END)
    IS NOT DISTINCT FROM found.named_vocabulary_id
    AND (CASE WHEN named.target_concept_id IS NULL THEN named.target_code END) IS NOT DISTINCT FROM found.named_code
