-- Takes out the lines of source_to_concept_map that local maps make for the codes at hand ($1).
DELETE FROM source_to_concept_map
WHERE EXISTS (
  SELECT 1
  FROM read_parquet($1) AS managed
  WHERE
    managed.source_vocabulary_id = source_to_concept_map.source_vocabulary_id
    AND managed.source_code = source_to_concept_map.source_code
)
