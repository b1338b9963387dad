-- One row a DHD concept and a standard concept it maps to: by its SNOMED code, else by what replaced that code, else by
-- its first ICD-10 code.
CREATE OR REPLACE TEMP TABLE dhd_new_target AS
WITH candidate AS (
  SELECT
    fact.vocabulary_id,
    fact.dhd_id,
    code.target_concept_id,
    code.target_domain_id,
    code.target_class_id,
    code.value_concept_id,
    fact.snomed_id AS via_code,
    CASE code.vocabulary_id WHEN 'SNOMED' THEN 'snomed' ELSE 'snomed_replaced' END AS mapped_by,
    CASE code.vocabulary_id WHEN 'SNOMED' THEN 1 ELSE 2 END AS preference
  FROM dhd_new_fact AS fact
  INNER JOIN dhd_new_code AS code
    ON fact.snomed_id = code.concept_code AND code.vocabulary_id IN ('SNOMED', 'SNOMED (retired)')
  WHERE code.target_concept_id IS NOT NULL
  UNION ALL
  SELECT
    fact.vocabulary_id,
    fact.dhd_id,
    code.target_concept_id,
    code.target_domain_id,
    code.target_class_id,
    code.value_concept_id,
    fact.icd10_code AS via_code,
    'icd10' AS mapped_by,
    3 AS preference
  FROM dhd_new_fact AS fact
  INNER JOIN dhd_new_code AS code ON fact.icd10_code = code.concept_code AND code.vocabulary_id = 'ICD10'
  WHERE code.target_concept_id IS NOT NULL
)

SELECT
  candidate.* EXCLUDE (preference),
  (row_number() OVER (
    PARTITION BY candidate.vocabulary_id, candidate.dhd_id
    ORDER BY candidate.target_concept_id, candidate.value_concept_id
  ))::INTEGER AS target_ordinal
FROM candidate
QUALIFY candidate.preference = min(candidate.preference) OVER (
  PARTITION BY candidate.vocabulary_id, candidate.dhd_id
)
