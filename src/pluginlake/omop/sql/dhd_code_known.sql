-- One row a SNOMED or ICD-10 code that a DHD concept names and the vocabularies know, and a concept it means.
CREATE OR REPLACE TEMP TABLE dhd_new_code AS
SELECT
  target.vocabulary_id,
  target.concept_code,
  target.source_concept_id,
  target.target_concept_id,
  target.target_domain_id,
  target.target_class_id,
  target.value_concept_id
FROM code_target AS target
SEMI JOIN (
  SELECT
    'SNOMED' AS vocabulary_id,
    snomed_id AS concept_code
  FROM dhd_new_fact
  WHERE snomed_id IS NOT NULL
  UNION
  SELECT
    'ICD10' AS vocabulary_id,
    icd10_code AS concept_code
  FROM dhd_new_fact
  WHERE icd10_code IS NOT NULL
) AS wanted ON target.vocabulary_id = wanted.vocabulary_id AND target.concept_code = wanted.concept_code
WHERE target.vocabulary_id IN ('SNOMED', 'ICD10')
