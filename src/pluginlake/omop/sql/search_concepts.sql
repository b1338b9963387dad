-- One row a concept whose code $1 is, or whose name or a synonym of it holds all words of $1; at most $2.
WITH word AS (
  SELECT unnest(string_split_regex(lower(trim($1)), '[^[:alnum:]]+')) AS text
),

name AS (
  SELECT
    concept_id,
    concept_name AS text
  FROM vocab.concept
  UNION ALL
  SELECT
    concept_id,
    concept_synonym_name AS text
  FROM vocab.concept_synonym
),

named AS (
  SELECT
    name.concept_id,
    min(length(name.text)) AS name_length
  FROM name
  WHERE
    NOT EXISTS (SELECT 1 FROM word WHERE word.text <> '' AND NOT contains(lower(name.text), word.text))
    AND EXISTS (SELECT 1 FROM word WHERE word.text <> '')
  GROUP BY name.concept_id
),

coded AS (
  SELECT
    concept_id,
    0 AS name_length
  FROM vocab.concept
  WHERE concept_code = upper(trim($1)) OR concept_code = trim($1)
),

found AS (
  SELECT
    concept_id,
    min(name_length) AS name_length
  FROM (FROM named UNION ALL FROM coded)
  GROUP BY concept_id
)

SELECT
  concept.concept_id,
  concept.concept_name,
  concept.vocabulary_id,
  concept.concept_code,
  concept.domain_id,
  concept.concept_class_id,
  coalesce(concept.standard_concept = 'S', false) AS is_standard,
  concept.invalid_reason
FROM found
INNER JOIN vocab.concept AS concept ON found.concept_id = concept.concept_id
ORDER BY
  found.name_length > 0,
  concept.invalid_reason IS NOT NULL,
  is_standard DESC,
  found.name_length,
  concept.concept_id
LIMIT $2
