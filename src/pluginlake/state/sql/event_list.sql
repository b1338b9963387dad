-- One row an event after id $1, in order; at most $2.
SELECT
  event_id,
  at,
  kind,
  run_id,
  message,
  detail_json
FROM event
WHERE event_id > $1
ORDER BY event_id
LIMIT $2;
