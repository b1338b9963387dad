-- Says of an erasure that nothing is left. $1 = keyed hash, $2 to $4 = files rewritten, files removed, snapshots expired,
-- $5 = what lies outside the station.
UPDATE quality.erasure SET
  status = 'complete', completed_at = now(), files_rewritten = $2, files_removed = $3, snapshots_expired = $4, outside = $5
WHERE patient_hash = $1 AND status <> 'complete'
