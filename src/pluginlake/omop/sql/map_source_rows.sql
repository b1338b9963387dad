-- The lines of source_to_concept_map that local maps make for the affected codes. $1 = the Parquet file they go to.
COPY (
  SELECT DISTINCT
    stand.source_code,
    0::BIGINT AS source_concept_id,
    stand.source_vocabulary_id,
    stand.source_name AS source_code_description,
    stand.target_concept_id,
    coalesce(meaning.vocabulary_id, 'None') AS target_vocabulary_id,
    DATE '1970-01-01' AS valid_start_date,
    DATE '2099-12-31' AS valid_end_date,
    NULL::VARCHAR AS invalid_reason
  FROM will_stand AS stand
  SEMI JOIN affected
    ON stand.source_vocabulary_id = affected.vocabulary_id AND stand.concept_code = affected.concept_code
  SEMI JOIN station_map AS map
    ON
      stand.source_vocabulary_id = map.vocabulary_id
      AND stand.concept_code = map.concept_code
      AND stand.mapping_set_id = map.mapping_set_id
  LEFT JOIN concept AS meaning ON stand.target_concept_id = meaning.concept_id
) TO $1 (FORMAT parquet)
