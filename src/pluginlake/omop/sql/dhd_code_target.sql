-- One row a DHD code and a concept it means, as code_target has it.
CREATE OR REPLACE TEMP TABLE dhd_new_code_target AS
SELECT
  concept.vocabulary_id,
  concept.concept_code,
  concept.concept_id AS source_concept_id,
  concept.domain_id AS source_domain_id,
  false AS source_standard,
  target.target_concept_id,
  target.target_domain_id,
  target.target_class_id,
  target.value_concept_id,
  coalesce(target.target_ordinal, 1) AS target_ordinal,
  NULL::VARCHAR AS mapping_set_id
FROM dhd_new_concept AS concept
LEFT JOIN dhd_new_target AS target
  ON concept.vocabulary_id = target.vocabulary_id AND concept.concept_code = target.dhd_id
WHERE concept.vocabulary_id LIKE 'DHD-%'
