-- Forgets what a batch staged. $1 = batch_id.
DELETE FROM staging_rewritten.rewritten WHERE batch_id = $1
