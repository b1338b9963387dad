-- The concepts whose codes are affected ($1), those their maps ($2) lead to, and the targets of local maps ($3). $4 = the
-- Parquet file they go to.
COPY (
  SELECT concept.*
  FROM vocab.concept AS concept
  SEMI JOIN (
    SELECT target.source_concept_id AS concept_id
    FROM vocab.code_target AS target
    SEMI JOIN read_parquet($1) AS affected
      ON target.vocabulary_id = affected.vocabulary_id AND target.concept_code = affected.concept_code
    UNION
    SELECT concept_id_2 AS concept_id FROM read_parquet($2)
    UNION
    SELECT target_concept_id AS concept_id FROM read_parquet($3)
  ) AS wanted ON concept.concept_id = wanted.concept_id
) TO $4 (FORMAT parquet)
