-- Forgets what a batch staged. $1 = batch_id.
DELETE FROM memory.staging.outdated WHERE batch_id = $1
