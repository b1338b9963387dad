-- Notes each domain that a delivery brings. $1 = its file.
INSERT INTO temp.replaced_key
SELECT
  'domain' AS table_name,
  domain_id AS key
FROM read_parquet($1)
