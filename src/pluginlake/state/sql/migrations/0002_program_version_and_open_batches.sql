-- Which program made a batch: without it a wrong count cannot be traced to a release. Older batches get ''.
ALTER TABLE batch ADD COLUMN program_version TEXT NOT NULL DEFAULT '';

-- Every start of the owner asks for the batches that never ended; every list of batches for the newest.
CREATE INDEX batch_running ON batch (started_at) WHERE status = 'running';
CREATE INDEX batch_by_start ON batch (started_at);
CREATE INDEX run_by_start ON run (started_at);

-- `runs logs` reads the events of one run out of a log that only grows.
CREATE INDEX event_by_run ON event (run_id, event_id);
