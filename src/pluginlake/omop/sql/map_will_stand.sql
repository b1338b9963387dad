-- One row a map that stands once the set $1 has been replaced, with what decides between sets. $2 = its precedence.
CREATE OR REPLACE TABLE will_stand AS
SELECT
  former.mapping_set_id,
  former.source_vocabulary_id,
  former.source_code,
  former.concept_code,
  former.source_name,
  former.target_concept_id,
  former_set.precedence,
  former_set.snapshot_id
FROM former_map AS former
INNER JOIN former_set ON former.mapping_set_id = former_set.mapping_set_id
WHERE former.mapping_set_id <> $1
UNION ALL
SELECT
  mapping_set_id,
  source_vocabulary_id,
  source_code,
  concept_code,
  source_name,
  target_concept_id,
  $2::INTEGER AS precedence,
  9223372036854775807 AS snapshot_id
FROM map_sound
