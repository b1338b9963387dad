-- One row a concept and the normal form of its code; of several concepts with one code all are here.
CREATE OR REPLACE TABLE index_spelled AS
SELECT
  concept.concept_id,
  concept.vocabulary_id,
  normal_code(concept.concept_code, undotted.vocabulary_id IS NOT NULL) AS concept_code,
  concept.domain_id,
  concept.concept_class_id,
  coalesce(concept.standard_concept = 'S', false) AND concept.invalid_reason IS NULL AS is_standard
FROM concept
LEFT JOIN (SELECT DISTINCT vocabulary_id FROM code_system WHERE code_form = 'undotted') AS undotted
  ON concept.vocabulary_id = undotted.vocabulary_id
