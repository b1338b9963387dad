-- One row a code and a concept it means, as the station's own maps say; their word counts more than the vocabularies'.
-- A code that is judged to mean nothing (0) has a row without a target.
CREATE OR REPLACE TABLE index_station_row AS
WITH mapped AS (
  SELECT
    map.vocabulary_id,
    map.concept_code,
    standard.concept_id AS target_concept_id,
    standard.domain_id AS target_domain_id,
    standard.concept_class_id AS target_class_id,
    map.mapping_set_id
  FROM station_map AS map
  LEFT JOIN index_standard AS standard ON map.target_concept_id = standard.concept_id
  WHERE map.target_concept_id = 0 OR standard.concept_id IS NOT NULL
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
  mapped.mapping_set_id
FROM mapped
LEFT JOIN known ON mapped.vocabulary_id = known.vocabulary_id AND mapped.concept_code = known.concept_code
