-- Notes each vocabulary that a delivery brings. $1 = its file.
INSERT INTO temp.replaced_key
SELECT
  'vocabulary' AS table_name,
  vocabulary_id AS key
FROM read_parquet($1)
