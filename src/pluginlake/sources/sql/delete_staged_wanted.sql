-- Forgets what a batch staged. $1 = batch_id.
DELETE FROM memory.staging.wanted WHERE batch_id = $1
