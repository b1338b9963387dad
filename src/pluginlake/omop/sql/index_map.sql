-- One row a valid map from a concept to another one that is standard and valid.
-- What a standard concept maps to is not asked: it stands for itself.
CREATE OR REPLACE TABLE index_map AS
SELECT
  map.concept_id_1 AS source_concept_id,
  map.concept_id_2 AS target_concept_id,
  map.relationship_id = 'Maps to value' AS is_value,
  standard.domain_id,
  standard.concept_class_id
FROM concept_relationship AS map
INNER JOIN index_standard AS standard ON map.concept_id_2 = standard.concept_id
ANTI JOIN index_standard AS standing_for_itself ON map.concept_id_1 = standing_for_itself.concept_id
WHERE
  map.relationship_id IN ('Maps to', 'Maps to value')
  AND map.invalid_reason IS NULL
