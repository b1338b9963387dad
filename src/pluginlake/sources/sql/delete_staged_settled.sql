-- Forgets what a batch staged. $1 = batch_id.
DELETE FROM staging_versions.settled WHERE batch_id = $1
