-- One row: how many concepts are said to be standard and invalid at once, and some of them.
WITH contradiction AS (
  SELECT concept_id FROM bundle_concept WHERE standard_concept = 'S' AND invalid_reason IS NOT NULL
)

SELECT
  count(*) AS violations,
  (
    SELECT string_agg('concept_id ' || example.concept_id::VARCHAR, chr(10))
    FROM (SELECT * FROM contradiction ORDER BY concept_id LIMIT 5) AS example
  ) AS examples
FROM contradiction
