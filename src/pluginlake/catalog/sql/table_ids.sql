-- One row: a JSON array of the ids (as text) that the table $2 of schema $1 has had, and its name; NULL if it never was.
SELECT CASE WHEN count(*) > 0 THEN to_json(list_append(list(tables.table_id::VARCHAR), $1 || '.' || $2))::VARCHAR END
FROM ducklake_table AS tables
INNER JOIN ducklake_schema AS schemas ON tables.schema_id = schemas.schema_id
WHERE schemas.schema_name = $1 AND tables.table_name = $2
