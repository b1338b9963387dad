-- The rows of vocab.domain that a delivery leaves alone: local ones, or all if it brings local concepts only ($1),
-- but none whose key it brings itself. $2 = the Parquet file they go to.
COPY (
  SELECT standing.*
  FROM vocab.domain AS standing
  WHERE
    (standing.domain_concept_id >= 2000000000 OR $1)
    AND standing.domain_id NOT IN (SELECT replaced.key FROM temp.replaced_key AS replaced WHERE replaced.table_name = 'domain')
) TO $2 (FORMAT parquet)
