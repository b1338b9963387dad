-- One row a concept that the lines of a map name, with what it is. $1 = the lines, $2 = the Parquet file it goes to.
COPY (
  WITH named AS (
    SELECT * FROM read_parquet($1)
  )

  SELECT
    concept.concept_id AS named_id,
    NULL::VARCHAR AS named_vocabulary_id,
    NULL::VARCHAR AS named_code,
    concept.concept_id,
    coalesce(concept.standard_concept = 'S', false) AND concept.invalid_reason IS NULL AS is_sound
  FROM vocab.concept AS concept
  SEMI JOIN named ON concept.concept_id = named.target_concept_id
  UNION ALL
  SELECT
    NULL AS named_id,
    target.vocabulary_id AS named_vocabulary_id,
    target.concept_code AS named_code,
    target.target_concept_id AS concept_id,
    target.target_concept_id IS NOT NULL AS is_sound
  FROM vocab.code_target AS target
  SEMI JOIN named ON target.vocabulary_id = named.target_vocabulary_id AND target.concept_code = named.target_code
) TO $2 (FORMAT parquet)
