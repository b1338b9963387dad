-- One row: how many concepts are their own ancestor more than once, and some of them.
-- All pairs would need as much memory as the table; a file that was joined to another doubles these rows too.
WITH doubled AS (
  SELECT
    ancestor_concept_id,
    count(*) - 1 AS row_count
  FROM bundle_concept_ancestor
  WHERE ancestor_concept_id = descendant_concept_id
  GROUP BY ancestor_concept_id
  HAVING count(*) > 1
)

SELECT
  coalesce(sum(doubled.row_count), 0)::BIGINT AS violations,
  (
    SELECT string_agg(example.ancestor_concept_id::VARCHAR, chr(10))
    FROM (SELECT ancestor_concept_id FROM doubled ORDER BY ancestor_concept_id LIMIT 5) AS example
  ) AS examples
FROM doubled
