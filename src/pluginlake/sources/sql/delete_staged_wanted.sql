-- Forgets what a batch staged. $1 = batch_id.
DELETE FROM staging_survey.wanted WHERE batch_id = $1
