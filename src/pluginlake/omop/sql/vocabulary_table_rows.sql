-- One row a table of the vocabularies: how many rows it has.
SELECT
  'concept' AS table_name,
  count(*) AS row_count
FROM vocab.concept
UNION ALL
SELECT
  'concept_relationship' AS table_name,
  count(*) AS row_count
FROM vocab.concept_relationship
UNION ALL
SELECT
  'concept_ancestor' AS table_name,
  count(*) AS row_count
FROM vocab.concept_ancestor
UNION ALL
SELECT
  'concept_synonym' AS table_name,
  count(*) AS row_count
FROM vocab.concept_synonym
UNION ALL
SELECT
  'drug_strength' AS table_name,
  count(*) AS row_count
FROM vocab.drug_strength
UNION ALL
SELECT
  'vocabulary' AS table_name,
  count(*) AS row_count
FROM vocab.vocabulary
UNION ALL
SELECT
  'domain' AS table_name,
  count(*) AS row_count
FROM vocab.domain
UNION ALL
SELECT
  'concept_class' AS table_name,
  count(*) AS row_count
FROM vocab.concept_class
UNION ALL
SELECT
  'relationship' AS table_name,
  count(*) AS row_count
FROM vocab.relationship
UNION ALL
SELECT
  'source_to_concept_map' AS table_name,
  count(*) AS row_count
FROM vocab.source_to_concept_map
UNION ALL
SELECT
  'code_target' AS table_name,
  count(*) AS row_count
FROM vocab.code_target
