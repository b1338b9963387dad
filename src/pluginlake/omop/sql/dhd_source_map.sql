-- One row a DHD code and a standard concept, as source_to_concept_map has it, for conversions that want it there.
CREATE OR REPLACE TEMP TABLE dhd_new_source_map AS
SELECT
  concept.concept_code AS source_code,
  concept.concept_id AS source_concept_id,
  concept.vocabulary_id AS source_vocabulary_id,
  concept.concept_name AS source_code_description,
  coalesce(target.target_concept_id, 0) AS target_concept_id,
  coalesce(meaning.vocabulary_id, 'None') AS target_vocabulary_id,
  concept.valid_start_date,
  concept.valid_end_date,
  concept.invalid_reason
FROM dhd_new_concept AS concept
LEFT JOIN dhd_new_target AS target
  ON concept.vocabulary_id = target.vocabulary_id AND concept.concept_code = target.dhd_id
LEFT JOIN (
  SELECT
    known.concept_id,
    known.vocabulary_id
  FROM concept AS known
  SEMI JOIN dhd_new_target AS used ON known.concept_id = used.target_concept_id
) AS meaning ON target.target_concept_id = meaning.concept_id
WHERE concept.vocabulary_id LIKE 'DHD-%'
