-- The rows of vocab.concept_class that a delivery leaves alone: local ones, or all if it brings local concepts only ($1),
-- but none whose key it brings itself. $2 = the Parquet file they go to.
COPY (
  SELECT standing.*
  FROM vocab.concept_class AS standing
  WHERE
    (standing.concept_class_concept_id >= 2000000000 OR $1)
    AND standing.concept_class_id NOT IN (SELECT replaced.key FROM temp.replaced_key AS replaced WHERE replaced.table_name = 'concept_class')
) TO $2 (FORMAT parquet)
