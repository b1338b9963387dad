-- One row: how many tables lost more than $1 percent of the rows they have in the lake, and which.
WITH delivered AS (
  SELECT
    'concept_relationship' AS table_name,
    count(*) AS row_count
  FROM bundle_concept_relationship
  UNION ALL
  SELECT
    'concept_ancestor' AS table_name,
    count(*) AS row_count
  FROM bundle_concept_ancestor
  UNION ALL
  SELECT
    'concept_synonym' AS table_name,
    count(*) AS row_count
  FROM bundle_concept_synonym
  UNION ALL
  SELECT
    'drug_strength' AS table_name,
    count(*) AS row_count
  FROM bundle_drug_strength
)

SELECT
  count(*) AS violations,
  string_agg(
    former.table_name || ': ' || former.row_count::VARCHAR || ' to ' || delivered.row_count::VARCHAR,
    chr(10)
    ORDER BY former.table_name
  ) AS examples
FROM former_table AS former
INNER JOIN delivered ON former.table_name = delivered.table_name
WHERE delivered.row_count < former.row_count * (1 - $1 / 100.0)
