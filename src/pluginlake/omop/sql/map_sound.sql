-- One row a map that can be taken, as vocab.local_map has it.
CREATE OR REPLACE TABLE map_sound AS
SELECT
  mapping_set_id,
  source_vocabulary_id,
  source_code,
  concept_code,
  any_value(source_name) AS source_name,
  any_value(predicate) AS predicate,
  found_concept_id AS target_concept_id,
  max(confidence) AS confidence,
  any_value(author) AS author,
  min(line) AS line
FROM map_resolved
WHERE fault IS NULL
GROUP BY mapping_set_id, source_vocabulary_id, source_code, concept_code, found_concept_id
