-- Copies how many rows of Athena the large tables have in the lake to the Parquet file $1.
COPY (
  SELECT
    'concept_relationship' AS table_name,
    count(*) AS row_count
  FROM vocab.concept_relationship
  WHERE concept_id_1 < 2000000000 AND concept_id_2 < 2000000000
  UNION ALL
  SELECT
    'concept_ancestor' AS table_name,
    count(*) AS row_count
  FROM vocab.concept_ancestor
  WHERE ancestor_concept_id < 2000000000
  UNION ALL
  SELECT
    'concept_synonym' AS table_name,
    count(*) AS row_count
  FROM vocab.concept_synonym
  WHERE concept_id < 2000000000
  UNION ALL
  SELECT
    'drug_strength' AS table_name,
    count(*) AS row_count
  FROM vocab.drug_strength
  WHERE drug_concept_id < 2000000000
) TO $1 (FORMAT parquet)
