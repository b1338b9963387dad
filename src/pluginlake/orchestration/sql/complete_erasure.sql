-- Says of the erasures that are open that nothing is left. $1 to $3 = files rewritten, files removed, snapshots expired, $4 =
-- what lies outside the station.
UPDATE quality.erasure SET
  status = 'complete', completed_at = now(), files_rewritten = $1, files_removed = $2, snapshots_expired = $3, outside = $4
WHERE status <> 'complete'
