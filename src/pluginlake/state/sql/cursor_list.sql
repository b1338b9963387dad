-- One row a consumer and asset: the snapshot from which the consumer still has to read.
SELECT
  consumer,
  asset,
  snapshot_id,
  updated_at
FROM consumer_cursor
ORDER BY consumer, asset;
