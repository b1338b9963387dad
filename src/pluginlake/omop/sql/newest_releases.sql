-- One row a name of what was loaded: its newest load.
SELECT
  name,
  release,
  snapshot_id,
  run_id,
  loaded_at,
  source,
  partial,
  findings
FROM vocab.release
QUALIFY row_number() OVER (PARTITION BY name ORDER BY snapshot_id DESC) = 1
ORDER BY name
