-- One row a relationship of a DHD concept, both ways: its maps, and what replaced it. A concept that was split may be
-- any of those it was split into.
CREATE OR REPLACE TEMP TABLE dhd_new_relationship AS
WITH own AS (
  SELECT
    concept_id,
    vocabulary_id,
    concept_code,
    valid_start_date
  FROM dhd_new_concept
  WHERE vocabulary_id LIKE 'DHD-%'
),

-- Found one after the other: joined at once, the planner may pair all concepts of a thesaurus with each other.
followed AS MATERIALIZED (
  SELECT
    former.concept_id,
    former.vocabulary_id,
    relation.dhd_id_2,
    relation.relation_type,
    relation.valid_start_date
  FROM dhd_relation AS relation
  INNER JOIN own AS former
    ON former.vocabulary_id = 'DHD-' || relation.thesaurus AND relation.dhd_id_1 = former.concept_code
  WHERE relation.relation_type IN ('vervanging', 'splitsing')
),

forth AS (
  SELECT
    own.concept_id AS concept_id_1,
    target.target_concept_id AS concept_id_2,
    'Maps to' AS relationship_id,
    'Mapped from' AS reverse_id,
    own.valid_start_date
  FROM own
  INNER JOIN dhd_new_target AS target ON own.vocabulary_id = target.vocabulary_id AND own.concept_code = target.dhd_id
  UNION
  SELECT
    own.concept_id AS concept_id_1,
    target.value_concept_id AS concept_id_2,
    'Maps to value' AS relationship_id,
    'Value mapped from' AS reverse_id,
    own.valid_start_date
  FROM own
  INNER JOIN dhd_new_target AS target ON own.vocabulary_id = target.vocabulary_id AND own.concept_code = target.dhd_id
  WHERE target.value_concept_id IS NOT NULL
  UNION
  SELECT
    followed.concept_id AS concept_id_1,
    later.concept_id AS concept_id_2,
    CASE followed.relation_type WHEN 'vervanging' THEN 'Concept replaced by' ELSE 'Concept poss_eq to' END
      AS relationship_id,
    CASE followed.relation_type WHEN 'vervanging' THEN 'Concept replaces' ELSE 'Concept poss_eq from' END AS reverse_id,
    followed.valid_start_date
  FROM followed
  INNER JOIN own AS later ON followed.vocabulary_id = later.vocabulary_id AND followed.dhd_id_2 = later.concept_code
)

SELECT
  concept_id_1,
  concept_id_2,
  relationship_id,
  valid_start_date,
  DATE '2099-12-31' AS valid_end_date,
  NULL::VARCHAR AS invalid_reason
FROM forth
UNION ALL
SELECT
  concept_id_2 AS concept_id_1,
  concept_id_1 AS concept_id_2,
  reverse_id AS relationship_id,
  valid_start_date,
  DATE '2099-12-31' AS valid_end_date,
  NULL AS invalid_reason
FROM forth
