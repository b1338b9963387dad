-- The maps of the concepts whose codes are affected ($1), as the vocabularies have them. $2 = the Parquet file.
COPY (
  SELECT map.*
  FROM vocab.concept_relationship AS map
  SEMI JOIN (
    SELECT target.source_concept_id
    FROM vocab.code_target AS target
    SEMI JOIN read_parquet($1) AS affected
      ON target.vocabulary_id = affected.vocabulary_id AND target.concept_code = affected.concept_code
    WHERE target.source_concept_id > 0
  ) AS source ON map.concept_id_1 = source.source_concept_id
  WHERE map.relationship_id IN ('Maps to', 'Maps to value')
) TO $2 (FORMAT parquet)
