-- One row a concept and another one above it, concept by concept, the nearest first.
SELECT
  descendant_concept_id,
  ancestor_concept_id,
  min_levels_of_separation
FROM vocab.concept_ancestor
WHERE ancestor_concept_id <> descendant_concept_id
ORDER BY descendant_concept_id, min_levels_of_separation, ancestor_concept_id
