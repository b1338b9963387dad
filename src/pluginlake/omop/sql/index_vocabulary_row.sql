-- One row a code and a concept it means, as the vocabularies say.
-- `Maps to value` goes with targets that have a place for a value, or with all if none has.
CREATE OR REPLACE TABLE index_vocabulary_row AS
WITH valued AS (
  SELECT
    map.source_concept_id,
    bool_or(map.domain_id IN ('Observation', 'Measurement')) FILTER (WHERE NOT map.is_value) AS in_some
  FROM index_map AS map
  SEMI JOIN (SELECT source_concept_id FROM index_map WHERE is_value) AS with_value
    ON map.source_concept_id = with_value.source_concept_id
  GROUP BY map.source_concept_id
),

value_of AS (
  SELECT
    map.source_concept_id,
    map.target_concept_id AS value_concept_id,
    coalesce(valued.in_some, false) AS in_some
  FROM index_map AS map
  INNER JOIN valued ON map.source_concept_id = valued.source_concept_id
  WHERE map.is_value
),

target AS (
  SELECT
    map.*,
    map.domain_id IN ('Observation', 'Measurement') AS takes_value
  FROM index_map AS map
  WHERE NOT map.is_value
),

with_value AS (
  SELECT
    target.source_concept_id,
    target.target_concept_id,
    value_of.value_concept_id
  FROM target
  INNER JOIN value_of ON target.source_concept_id = value_of.source_concept_id
  WHERE target.takes_value OR NOT value_of.in_some
),

target_of AS (
  SELECT
    target.source_concept_id,
    target.target_concept_id,
    target.domain_id,
    target.concept_class_id,
    with_value.value_concept_id
  FROM target
  LEFT JOIN with_value
    ON
      target.source_concept_id = with_value.source_concept_id
      AND target.target_concept_id = with_value.target_concept_id
  UNION ALL BY NAME
  SELECT
    value_of.source_concept_id,
    value_of.value_concept_id
  FROM value_of
  ANTI JOIN target ON value_of.source_concept_id = target.source_concept_id
)

SELECT
  spelled.vocabulary_id,
  spelled.concept_code,
  spelled.concept_id AS source_concept_id,
  spelled.domain_id AS source_domain_id,
  spelled.is_standard AS source_standard,
  CASE WHEN spelled.is_standard THEN spelled.concept_id ELSE target_of.target_concept_id END AS target_concept_id,
  CASE WHEN spelled.is_standard THEN spelled.domain_id ELSE target_of.domain_id END AS target_domain_id,
  CASE WHEN spelled.is_standard THEN spelled.concept_class_id ELSE target_of.concept_class_id END AS target_class_id,
  target_of.value_concept_id,
  NULL::VARCHAR AS mapping_set_id
FROM index_spelled AS spelled
LEFT JOIN target_of ON spelled.concept_id = target_of.source_concept_id
ANTI JOIN index_outdone AS outdone ON spelled.concept_id = outdone.concept_id
