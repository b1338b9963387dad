-- Takes out what the affected codes ($1) meant.
DELETE FROM code_target
WHERE EXISTS (
  SELECT 1
  FROM read_parquet($1) AS affected
  WHERE affected.vocabulary_id = code_target.vocabulary_id AND affected.concept_code = code_target.concept_code
)
