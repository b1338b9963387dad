-- One row a DHD concept, by what it is mapped: the coverage report.
CREATE OR REPLACE TEMP TABLE dhd_new_mapping AS
SELECT
  fact.thesaurus,
  fact.dhd_id,
  concept.concept_id,
  any_value(target.mapped_by) AS mapped_by,
  coalesce(any_value(target.via_code), any_value(fact.snomed_id), any_value(fact.icd10_code)) AS via_code,
  count(DISTINCT target.target_concept_id)::INTEGER AS targets
FROM dhd_new_fact AS fact
INNER JOIN dhd_new_concept AS concept
  ON fact.vocabulary_id = concept.vocabulary_id AND fact.dhd_id = concept.concept_code
LEFT JOIN dhd_new_target AS target ON fact.vocabulary_id = target.vocabulary_id AND fact.dhd_id = target.dhd_id
GROUP BY fact.thesaurus, fact.dhd_id, concept.concept_id
