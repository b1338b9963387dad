-- One row a code and a concept it means, as the station's own map says; its word counts more than the vocabularies'.
-- The DHD thesauri have concepts and maps of their own: their lines here are for other programs.
CREATE OR REPLACE TABLE index_station_row AS
WITH mapped AS (
  SELECT DISTINCT
    map.source_vocabulary_id AS vocabulary_id,
    normal_code(map.source_code, undotted.vocabulary_id IS NOT NULL) AS concept_code,
    standard.concept_id AS target_concept_id,
    standard.domain_id AS target_domain_id,
    standard.concept_class_id AS target_class_id
  FROM source_to_concept_map AS map
  INNER JOIN index_standard AS standard ON map.target_concept_id = standard.concept_id
  LEFT JOIN (SELECT DISTINCT vocabulary_id FROM code_system WHERE code_form = 'undotted') AS undotted
    ON map.source_vocabulary_id = undotted.vocabulary_id
  WHERE map.invalid_reason IS NULL AND map.source_vocabulary_id NOT IN ('DHD-DT', 'DHD-VT')
),

known AS (
  SELECT spelled.*
  FROM index_spelled AS spelled
  SEMI JOIN mapped ON spelled.vocabulary_id = mapped.vocabulary_id AND spelled.concept_code = mapped.concept_code
  ANTI JOIN index_outdone AS outdone ON spelled.concept_id = outdone.concept_id
)

SELECT
  mapped.vocabulary_id,
  mapped.concept_code,
  coalesce(known.concept_id, 0) AS source_concept_id,
  known.domain_id AS source_domain_id,
  coalesce(known.is_standard, false) AS source_standard,
  mapped.target_concept_id,
  mapped.target_domain_id,
  mapped.target_class_id,
  NULL::BIGINT AS value_concept_id,
  'source_to_concept_map' AS mapping_set_id
FROM mapped
LEFT JOIN known ON mapped.vocabulary_id = known.vocabulary_id AND mapped.concept_code = known.concept_code
