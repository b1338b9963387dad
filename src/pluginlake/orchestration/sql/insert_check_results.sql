-- Records the checks of the run $1 in snapshot $2: one row an element of the JSON array $3.
INSERT INTO quality.check_result (
  run_id, snapshot_id, check_id, check_level, check_name, table_name, severity, violated_rows, denominator_rows, status
)
SELECT
  $1,
  $2,
  checks.result.check_id,
  'table',
  checks.result.check_name,
  checks.result.table_name,
  checks.result.severity,
  checks.result.violated_rows,
  checks.result.denominator_rows,
  checks.result.status
FROM (
  SELECT unnest(from_json(
    $3::JSON,
    '[{"check_id": "VARCHAR", "check_name": "VARCHAR", "table_name": "VARCHAR", "severity": "VARCHAR",
       "violated_rows": "BIGINT", "denominator_rows": "BIGINT", "status": "VARCHAR"}]'
  )) AS result
) AS checks
