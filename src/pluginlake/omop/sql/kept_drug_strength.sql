-- The rows of vocab.drug_strength that a delivery leaves alone: those of local concepts, or all if it brings local concepts
-- only ($1), but none of a concept that it replaces. $2 = the Parquet file they go to.
COPY (
  SELECT standing.*
  FROM vocab.drug_strength AS standing
  ANTI JOIN temp.replaced_concept AS first_replaced ON standing.drug_concept_id = first_replaced.concept_id
  ANTI JOIN temp.replaced_concept AS second_replaced ON standing.ingredient_concept_id = second_replaced.concept_id
  WHERE standing.drug_concept_id >= 2000000000 OR standing.ingredient_concept_id >= 2000000000 OR $1
  ORDER BY standing.drug_concept_id
) TO $2 (FORMAT parquet)
