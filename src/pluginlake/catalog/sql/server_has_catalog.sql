-- One row: how many lakes the database behind `pluginlake_probe` holds in its current schema (0 or 1).
-- Asked before `init` makes one, so that an existing lake is never taken over.
SELECT *
FROM postgres_query(
  'pluginlake_probe',
  'SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = ''ducklake_metadata'''
)
