-- Notes each concept_class that a delivery brings. $1 = its file.
INSERT INTO temp.replaced_key
SELECT
  'concept_class' AS table_name,
  concept_class_id AS key
FROM read_parquet($1)
