-- Appends one event and returns its id: one above the highest, since only one process writes.
INSERT INTO event (event_id, at, kind, run_id, message, detail_json)
SELECT
  coalesce(max(event_id), 0) + 1,
  $1,
  $2,
  $3,
  $4,
  $5
FROM event
RETURNING event_id;
