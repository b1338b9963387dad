-- The names of DuckLake's own tables on the server, quoted, each with its schema.
SELECT quote_ident(schemaname) || '.' || quote_ident(tablename)
FROM pg_tables
WHERE schemaname = current_schema() AND starts_with(tablename, 'ducklake_')
