-- Puts in what the affected codes ($2) mean from now on, out of the rows that were made ($1).
INSERT INTO code_target BY NAME
SELECT made.*
FROM read_parquet($1) AS made
SEMI JOIN read_parquet($2) AS affected
  ON made.vocabulary_id = affected.vocabulary_id AND made.concept_code = affected.concept_code
