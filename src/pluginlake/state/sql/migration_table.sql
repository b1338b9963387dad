-- One row a migration that was applied; the table itself is no migration, so that the first one can be recorded.
CREATE TABLE IF NOT EXISTS migration (
  number BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  applied_at BIGINT NOT NULL
);
