-- One row a line of a local map, with what decides between sets.
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
