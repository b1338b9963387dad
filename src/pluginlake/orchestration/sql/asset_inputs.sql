-- One row an input that the run $2 read for the asset $1, with the version that was read.
SELECT input, max(input_snapshot_id) AS snapshot_id
FROM lineage.input
WHERE asset = $1 AND run_id = $2 AND input_kind = 'asset'
GROUP BY input
ORDER BY input
