-- One row an index of a table of schema $1 whose name starts with $2 (PostgreSQL only), but those that keys make: the
-- statement that makes it.
SELECT pg_get_indexdef(pg_index.indexrelid) AS statement
FROM pg_index
INNER JOIN pg_class ON pg_index.indrelid = pg_class.oid
INNER JOIN pg_namespace ON pg_class.relnamespace = pg_namespace.oid
LEFT JOIN pg_constraint ON pg_index.indexrelid = pg_constraint.conindid
WHERE pg_namespace.nspname = $1 AND starts_with(pg_class.relname, $2) AND pg_constraint.oid IS NULL
ORDER BY pg_index.indexrelid;
