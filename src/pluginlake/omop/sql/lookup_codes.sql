-- One row a code and a concept it means, in the order of the codes.
SELECT
  concept_code,
  vocabulary_id,
  target_ordinal,
  source_concept_id,
  target_concept_id,
  value_concept_id,
  mapping_set_id
FROM vocab.code_target
ORDER BY concept_code, vocabulary_id, target_ordinal
