-- The records of a station: batches, runs, events, consumers' cursors, small values.
-- Times are microseconds since 1970-01-01 00:00 UTC; *_json columns hold one JSON object or ''.
CREATE TABLE batch (
  batch_id TEXT PRIMARY KEY,
  run_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  source TEXT NOT NULL,
  principal TEXT NOT NULL,
  status TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT,
  snapshot_id BIGINT,
  received BIGINT NOT NULL DEFAULT 0,
  stored BIGINT NOT NULL DEFAULT 0,
  unchanged BIGINT NOT NULL DEFAULT 0,
  superseded BIGINT NOT NULL DEFAULT 0,
  deleted BIGINT NOT NULL DEFAULT 0,
  quarantined BIGINT NOT NULL DEFAULT 0,
  message TEXT NOT NULL DEFAULT '',
  CHECK (status IN ('running', 'done', 'failed', 'interrupted')),
  CHECK (received = stored + unchanged + superseded + deleted + quarantined)
);

CREATE TABLE run (
  run_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  principal TEXT NOT NULL,
  status TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT,
  snapshot_id BIGINT,
  detail_json TEXT NOT NULL DEFAULT '',
  CHECK (status IN ('running', 'done', 'failed', 'interrupted'))
);

CREATE TABLE event (
  event_id BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  run_id TEXT NOT NULL,
  message TEXT NOT NULL,
  detail_json TEXT NOT NULL DEFAULT ''
);

CREATE TABLE consumer_cursor (
  consumer TEXT NOT NULL,
  asset TEXT NOT NULL,
  snapshot_id BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (consumer, asset)
);

CREATE TABLE kept_value (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
