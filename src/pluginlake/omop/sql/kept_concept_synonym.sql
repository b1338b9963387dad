-- The synonyms that a delivery leaves alone: those of local concepts, or all if it brings local concepts only ($1), but
-- none of a concept that it replaces. $2 = the Parquet file they go to.
COPY (
  SELECT standing.*
  FROM vocab.concept_synonym AS standing
  ANTI JOIN temp.replaced_concept AS replaced ON standing.concept_id = replaced.concept_id
  WHERE standing.concept_id >= 2000000000 OR $1
  ORDER BY standing.concept_id
) TO $2 (FORMAT parquet)
