-- The codes, as written, of which local maps make the lines of source_to_concept_map, as far as the set at hand touches
-- them. $1 = the Parquet file they go to.
COPY (
  SELECT DISTINCT
    map.source_vocabulary_id,
    map.source_code
  FROM (
    SELECT source_vocabulary_id, source_code, concept_code FROM former_map
    UNION
    SELECT source_vocabulary_id, source_code, concept_code FROM will_stand
  ) AS map
  SEMI JOIN affected ON map.source_vocabulary_id = affected.vocabulary_id AND map.concept_code = affected.concept_code
) TO $1 (FORMAT parquet)
