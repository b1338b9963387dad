-- Notes each relationship that a delivery brings. $1 = its file.
INSERT INTO temp.replaced_key
SELECT
  'relationship' AS table_name,
  relationship_id AS key
FROM read_parquet($1)
