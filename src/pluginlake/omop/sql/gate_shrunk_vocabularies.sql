-- One row: how many vocabularies lost more than $1 percent of the concepts they have in the lake, and which.
WITH delivered AS (
  SELECT
    vocabulary_id,
    count(*) AS concepts
  FROM bundle_concept
  GROUP BY vocabulary_id
),

shrunk AS (
  SELECT
    former.vocabulary_id,
    former.concepts AS former_concepts,
    coalesce(delivered.concepts, 0) AS concepts
  FROM former_vocabulary AS former
  LEFT JOIN delivered ON former.vocabulary_id = delivered.vocabulary_id
  WHERE coalesce(delivered.concepts, 0) < former.concepts * (1 - $1 / 100.0)
)

SELECT
  count(*) AS violations,
  string_agg(
    vocabulary_id || ': ' || former_concepts::VARCHAR || ' to ' || concepts::VARCHAR, chr(10) ORDER BY vocabulary_id
  ) AS examples
FROM shrunk
