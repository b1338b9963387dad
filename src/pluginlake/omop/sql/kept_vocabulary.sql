-- The rows of vocab.vocabulary that a delivery leaves alone: local ones, or all if it brings local concepts only ($1),
-- but none whose key it brings itself. $2 = the Parquet file they go to.
COPY (
  SELECT standing.*
  FROM vocab.vocabulary AS standing
  WHERE
    (standing.vocabulary_concept_id >= 2000000000 OR $1)
    AND standing.vocabulary_id NOT IN (SELECT replaced.key FROM temp.replaced_key AS replaced WHERE replaced.table_name = 'vocabulary')
) TO $2 (FORMAT parquet)
