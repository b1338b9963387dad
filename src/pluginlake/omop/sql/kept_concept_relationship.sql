-- The rows of vocab.concept_relationship that a delivery leaves alone: those of local concepts, or all if it brings local concepts
-- only ($1), but none of a concept that it replaces. $2 = the Parquet file they go to.
COPY (
  SELECT standing.*
  FROM vocab.concept_relationship AS standing
  ANTI JOIN temp.replaced_concept AS first_replaced ON standing.concept_id_1 = first_replaced.concept_id
  ANTI JOIN temp.replaced_concept AS second_replaced ON standing.concept_id_2 = second_replaced.concept_id
  WHERE standing.concept_id_1 >= 2000000000 OR standing.concept_id_2 >= 2000000000 OR $1
  ORDER BY standing.concept_id_1
) TO $2 (FORMAT parquet)
