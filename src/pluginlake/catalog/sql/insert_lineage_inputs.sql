-- Records what the run $1 read: one row an element of the JSON array $2.
-- One statement whatever their number, since each statement on the lake costs milliseconds.
INSERT INTO lineage.input (run_id, asset, input, input_kind, content_hash, bytes, records, input_snapshot_id)
SELECT
  $1,
  inputs.input.asset,
  inputs.input.input,
  inputs.input.input_kind,
  inputs.input.content_hash,
  inputs.input.bytes,
  inputs.input.records,
  inputs.input.input_snapshot_id
FROM (
  SELECT unnest(from_json(
    $2::JSON,
    '[{"asset": "VARCHAR", "input": "VARCHAR", "input_kind": "VARCHAR", "content_hash": "VARCHAR",
       "bytes": "BIGINT", "records": "BIGINT", "input_snapshot_id": "BIGINT"}]'
  )) AS input
) AS inputs
