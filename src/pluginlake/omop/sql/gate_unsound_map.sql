-- One row: how many valid `Maps to` lead to a concept that is not standard or not valid, and some of them.
WITH unsound AS (
  SELECT
    map.concept_id_1,
    map.concept_id_2
  FROM bundle_concept_relationship AS map
  INNER JOIN concept ON map.concept_id_2 = concept.concept_id
  WHERE
    map.relationship_id = 'Maps to'
    AND map.invalid_reason IS NULL
    AND (concept.standard_concept IS DISTINCT FROM 'S' OR concept.invalid_reason IS NOT NULL)
)

SELECT
  count(*) AS violations,
  (
    SELECT string_agg(example.concept_id_1::VARCHAR || ' to ' || example.concept_id_2::VARCHAR, chr(10))
    FROM (SELECT * FROM unsound ORDER BY concept_id_1 LIMIT 5) AS example
  ) AS examples
FROM unsound
