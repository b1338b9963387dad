-- The concepts that go when a delivery comes: what it brings itself (of an Athena release the local ones only: the rest
-- goes anyway), and what stands of the local vocabularies it brings. $1 = its concepts as Parquet, $2 = it brings local
-- concepts only.
CREATE OR REPLACE TEMP TABLE replaced_concept AS
WITH delivered AS (
  SELECT
    concept_id,
    vocabulary_id
  FROM read_parquet($1)
  WHERE concept_id >= 2000000000 OR $2
)

SELECT concept_id FROM delivered
UNION
SELECT standing.concept_id
FROM vocab.concept AS standing
WHERE
  standing.concept_id >= 2000000000
  AND standing.vocabulary_id IN (SELECT vocabulary_id FROM delivered WHERE concept_id >= 2000000000)
