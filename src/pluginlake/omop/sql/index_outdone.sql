-- One row a concept whose code another concept of its vocabulary has with more right: the valid one, else the one that
-- was valid last, else the younger one. Codes are reused (HCPCS, NDC), and normal forms may meet.
CREATE OR REPLACE TABLE index_outdone AS
WITH doubled AS (
  SELECT
    vocabulary_id,
    concept_code
  FROM index_spelled
  GROUP BY vocabulary_id, concept_code
  HAVING count(*) > 1
),

candidate AS (
  SELECT
    spelled.vocabulary_id,
    spelled.concept_code,
    spelled.concept_id
  FROM index_spelled AS spelled
  SEMI JOIN doubled ON spelled.vocabulary_id = doubled.vocabulary_id AND spelled.concept_code = doubled.concept_code
)

SELECT candidate.concept_id
FROM candidate
INNER JOIN concept ON candidate.concept_id = concept.concept_id
QUALIFY row_number() OVER (
  PARTITION BY candidate.vocabulary_id, candidate.concept_code
  ORDER BY concept.invalid_reason IS NOT NULL, concept.valid_end_date DESC, concept.concept_id DESC
) > 1
