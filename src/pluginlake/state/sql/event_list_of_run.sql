-- One row an event of run $3 after id $1, in order; at most $2.
SELECT
  event_id,
  at,
  kind,
  run_id,
  message,
  detail_json
FROM event
WHERE event_id > $1 AND run_id = $3
ORDER BY event_id
LIMIT $2;
