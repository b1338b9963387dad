-- Notes each code that a delivery maps itself. $1 = its file.
INSERT INTO temp.replaced_key
SELECT DISTINCT
  'source_to_concept_map' AS table_name,
  source_vocabulary_id || chr(9) || source_code AS key
FROM read_parquet($1)
