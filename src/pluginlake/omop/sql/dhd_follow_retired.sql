-- Adds what retired SNOMED concepts were replaced by: the nearest standard concepts along the chain of replacements,
-- the surest kind of replacement first.
INSERT INTO dhd_new_code
WITH RECURSIVE step AS (
  SELECT
    replacement.concept_id_1,
    replacement.concept_id_2,
    CASE replacement.relationship_id
      WHEN 'Concept replaced by' THEN 1
      WHEN 'Concept same_as to' THEN 2
      WHEN 'Concept alt_to to' THEN 3
      WHEN 'Concept was_a to' THEN 4
      ELSE 5
    END AS doubt
  FROM concept_relationship AS replacement
  WHERE
    replacement.relationship_id IN (
      'Concept replaced by', 'Concept same_as to', 'Concept alt_to to', 'Concept was_a to', 'Concept poss_eq to'
    )
    AND replacement.invalid_reason IS NULL
),

chain AS (
  SELECT
    retired.concept_code,
    retired.source_concept_id,
    retired.source_concept_id AS concept_id,
    0 AS steps,
    0 AS doubt
  FROM dhd_new_retired AS retired
  UNION
  SELECT
    chain.concept_code,
    chain.source_concept_id,
    step.concept_id_2 AS concept_id,
    chain.steps + 1 AS steps,
    greatest(chain.doubt, step.doubt) AS doubt
  FROM chain
  INNER JOIN step ON chain.concept_id = step.concept_id_1
  WHERE chain.steps < 5
),

reached AS (
  SELECT
    chain.concept_code,
    chain.source_concept_id,
    chain.concept_id,
    concept.domain_id,
    concept.concept_class_id,
    chain.steps,
    chain.doubt
  FROM chain
  INNER JOIN concept ON chain.concept_id = concept.concept_id
  WHERE chain.steps > 0 AND concept.standard_concept = 'S' AND concept.invalid_reason IS NULL
)

SELECT DISTINCT
  'SNOMED (retired)' AS vocabulary_id,
  concept_code,
  source_concept_id,
  concept_id AS target_concept_id,
  domain_id AS target_domain_id,
  concept_class_id AS target_class_id,
  NULL::BIGINT AS value_concept_id
FROM reached
QUALIFY rank() OVER (PARTITION BY concept_code ORDER BY doubt, steps) = 1
