-- One row an asset and input: the snapshot up to which the asset has read the input.
SELECT asset, input, max(input_snapshot_id) AS snapshot_id
FROM lineage.input
WHERE input_kind = 'asset'
GROUP BY asset, input
