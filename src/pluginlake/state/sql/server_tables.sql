-- One row a table of schema $1 whose name starts with $2 (PostgreSQL only), in order of their names: its name, and the
-- statement that makes it with its columns, defaults, keys and checks. The types are the server's own words for them.
WITH
chosen AS (
  SELECT
    pg_class.oid,
    pg_class.relname,
    pg_namespace.nspname
  FROM pg_class
  INNER JOIN pg_namespace ON pg_class.relnamespace = pg_namespace.oid
  WHERE pg_namespace.nspname = $1 AND starts_with(pg_class.relname, $2) AND pg_class.relkind = 'r'
),

column_list AS (
  SELECT
    pg_attribute.attrelid AS oid,
    string_agg(
      format(
        '%I %s%s%s',
        pg_attribute.attname,
        format_type(pg_attribute.atttypid, pg_attribute.atttypmod),
        CASE WHEN pg_attribute.attnotnull THEN ' NOT NULL' ELSE '' END,
        coalesce(' DEFAULT ' || pg_get_expr(pg_attrdef.adbin, pg_attrdef.adrelid), '')
      ),
      ', ' ORDER BY pg_attribute.attnum
    ) AS text
  FROM pg_attribute
  LEFT JOIN pg_attrdef
    ON pg_attribute.attrelid = pg_attrdef.adrelid AND pg_attribute.attnum = pg_attrdef.adnum
  WHERE pg_attribute.attnum > 0 AND NOT pg_attribute.attisdropped
  GROUP BY pg_attribute.attrelid
),

constraint_list AS (
  SELECT
    conrelid AS oid,
    string_agg(format(', CONSTRAINT %I %s', conname, pg_get_constraintdef(oid)), '' ORDER BY conname) AS text
  FROM pg_constraint
  WHERE contype IN ('p', 'u', 'c')
  GROUP BY conrelid
)

SELECT
  chosen.relname::text AS table_name,
  format(
    'CREATE TABLE %I.%I (%s%s)',
    chosen.nspname,
    chosen.relname,
    column_list.text,
    coalesce(constraint_list.text, '')
  ) AS statement
FROM chosen
INNER JOIN column_list ON chosen.oid = column_list.oid
LEFT JOIN constraint_list ON chosen.oid = constraint_list.oid
ORDER BY chosen.relname;
