-- One row a concept and another one below it, concept by concept, the nearest first.
SELECT
  ancestor_concept_id,
  descendant_concept_id,
  min_levels_of_separation
FROM vocab.concept_ancestor
WHERE ancestor_concept_id <> descendant_concept_id
ORDER BY ancestor_concept_id, min_levels_of_separation, descendant_concept_id
