-- The rows of vocab.concept_ancestor that a delivery leaves alone: those of local concepts, or all if it brings local concepts
-- only ($1), but none of a concept that it replaces. $2 = the Parquet file they go to.
COPY (
  SELECT standing.*
  FROM vocab.concept_ancestor AS standing
  ANTI JOIN temp.replaced_concept AS first_replaced ON standing.ancestor_concept_id = first_replaced.concept_id
  ANTI JOIN temp.replaced_concept AS second_replaced ON standing.descendant_concept_id = second_replaced.concept_id
  WHERE standing.ancestor_concept_id >= 2000000000 OR standing.descendant_concept_id >= 2000000000 OR $1
  ORDER BY standing.ancestor_concept_id
) TO $2 (FORMAT parquet)
