-- One row a resource that changed in the lake $1 after snapshot $2 and up to $3: the newest image of its newest version
-- among the changes. A version that came in is newer than all before it, unless it is superseded; a version that was
-- only rewritten (its reference found its target) is marked, since a newer one may stand.
WITH change AS (
  SELECT
    *,
    bool_or(change_type = 'insert') OVER (PARTITION BY resource_type, resource_id, version) AS came_in
  FROM ducklake_table_changes($1, 'raw', 'fhir_resource', $2 + 1, $3)
  WHERE change_type IN ('insert', 'update_postimage') AND NOT superseded
)

SELECT
  resource_type || '/' || resource_id AS reference,
  resource_type,
  resource_id,
  version AS resource_version,
  patient_id,
  batch_id,
  source,
  source_line,
  deleted,
  body,
  came_in
FROM change
QUALIFY row_number() OVER (PARTITION BY resource_type, resource_id ORDER BY version DESC, snapshot_id DESC) = 1
