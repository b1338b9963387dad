-- One row: the commit of the run $1 as the lake's lineage tells it.
SELECT
  runs.run_id,
  runs.principal,
  coalesce(runs.program_version, '') AS program_version,
  count(inputs.input) AS inputs,
  coalesce(sum(inputs.bytes), 0)::BIGINT AS bytes
FROM lineage.run AS runs
LEFT JOIN lineage.input AS inputs ON runs.run_id = inputs.run_id
WHERE runs.run_id = $1
GROUP BY ALL
