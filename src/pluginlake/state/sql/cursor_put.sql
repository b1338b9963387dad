-- Moves a consumer's cursor over an asset, or makes it.
INSERT INTO consumer_cursor (consumer, asset, snapshot_id, updated_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (consumer, asset) DO UPDATE SET
  snapshot_id = excluded.snapshot_id,
  updated_at = excluded.updated_at;
