-- One row a concept that codes may map to: standard and valid.
CREATE OR REPLACE TABLE index_standard AS
SELECT
  concept_id,
  domain_id,
  concept_class_id
FROM concept
WHERE standard_concept = 'S' AND invalid_reason IS NULL
