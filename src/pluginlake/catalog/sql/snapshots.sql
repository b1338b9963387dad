-- One row a snapshot of the lake $1, newest first, at most $3 of them.
-- $2 = a JSON array with the names under which DuckLake lists changes of the wanted table ("raw.t" when it was made, its
-- ids after); an empty array = every snapshot.
SELECT
  snapshots.snapshot_id,
  snapshots.snapshot_time,
  coalesce(snapshots.author, '') AS author,
  coalesce(snapshots.commit_message, '') AS commit_message,
  coalesce(snapshots.commit_extra_info, '') AS extra_info,
  to_json(snapshots.changes)::VARCHAR AS changes
FROM ducklake_snapshots($1) AS snapshots
WHERE
  $2::VARCHAR = '[]'
  OR list_has_any(flatten(map_values(snapshots.changes)), from_json($2::JSON, '["VARCHAR"]'))
ORDER BY snapshots.snapshot_id DESC
LIMIT $3
