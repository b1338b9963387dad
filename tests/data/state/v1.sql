-- A station's records as version 1 of the state database kept them; runs on SQLite and PostgreSQL. Never edited.
-- One row a migration that was applied; the table itself is no migration, so that the first one can be recorded.
CREATE TABLE IF NOT EXISTS migration (
  number BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  applied_at BIGINT NOT NULL
);
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

INSERT INTO migration (number, name, checksum, applied_at)
VALUES (1, '0001_first_records', 'b46285d8f7c74926d656a0b3f7d31ef3e700f582362143e83bba5fd69a6c5039', 1795000000000000);

INSERT INTO batch (
  batch_id, run_id, kind, source, principal, status, started_at, finished_at, snapshot_id,
  received, stored, unchanged, superseded, deleted, quarantined, message
) VALUES
('batch-done', 'run-done', 'fhir', 'ndjson/', 'ann', 'done', 1795000000000001, 1795000009000000, 4,
  252715, 252700, 5, 4, 3, 3, ''),
('batch-failed', 'run-failed', 'fhir', 'bundles/', 'ann', 'failed', 1795000010000000, 1795000010500000, NULL,
  0, 0, 0, 0, 0, 0, 'PL-0504'),
('batch-killed', 'run-killed', 'fhir', 'bundles/', 'ann', 'running', 1795000020000000, NULL, NULL,
  0, 0, 0, 0, 0, 0, '');

INSERT INTO run (run_id, kind, principal, status, started_at, finished_at, snapshot_id, detail_json)
VALUES ('run-done', 'ingest', 'ann', 'done', 1795000000000001, 1795000009000000, 4, '{"files":22}');

INSERT INTO event (event_id, at, kind, run_id, message, detail_json) VALUES
(1, 1795000000000001, 'batch.begun', 'run-done', '', ''),
(2, 1795000009000000, 'batch.done', 'run-done', 'snapshot 4', '{"received":252715}'),
(3, 1795000010000000, 'batch.begun', 'run-failed', '', '');

INSERT INTO consumer_cursor (consumer, asset, snapshot_id, updated_at) VALUES
('dagster', 'raw/fhir_resource', 3, 1795000009000000),
('omop/person', 'raw/fhir_resource', 4, 1795000009000000);

INSERT INTO kept_value (key, value) VALUES ('station_id', 'fixture of version 1');
