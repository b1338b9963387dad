-- One row a row that OMOP has or had: what it comes from, and its number for good. A row that ceases keeps its entry,
-- marked with the run, and gets its number back when it returns. New ones are numbered in order of their arrival.
WITH standing AS (
  SELECT * FROM lineage.row_source
),

present AS (
  SELECT * FROM event.row
),

last_event AS (
  SELECT person_id, max(row_id) - person_id * 1048576 AS number
  FROM standing
  WHERE person_id IS NOT NULL AND row_id >= person_id * 1048576
  GROUP BY person_id
),

fresh AS (
  SELECT present.*
  FROM present
  ANTI JOIN standing
    ON present.person_id IS NOT DISTINCT FROM standing.person_id
    AND present.resource_type = standing.resource_type
    AND present.resource_id = standing.resource_id
    AND present.part = standing.part
),

numbered AS (
  SELECT
    fresh.*,
    row_number() OVER (
      PARTITION BY fresh.person_id, fresh.given_id IS NULL
      ORDER BY fresh.batch_id, fresh.source, fresh.source_line, fresh.resource_type, fresh.resource_id, fresh.part
    ) AS ordinal
  FROM fresh
)

SELECT
  coalesce(present.omop_table, standing.omop_table) AS omop_table,
  standing.row_id,
  standing.person_id,
  standing.resource_type,
  standing.resource_id,
  coalesce(present.resource_version, standing.resource_version) AS resource_version,
  standing.part,
  CASE WHEN present.part IS NULL THEN coalesce(standing.retired_run_id, getvariable('run_id')) END AS retired_run_id,
  CASE WHEN present.part IS NULL THEN standing.mapping_set_id ELSE present.mapping_set_id END AS mapping_set_id
FROM standing
LEFT JOIN present
  ON standing.person_id IS NOT DISTINCT FROM present.person_id
  AND standing.resource_type = present.resource_type
  AND standing.resource_id = present.resource_id
  AND standing.part = present.part

UNION ALL

SELECT
  numbered.omop_table,
  coalesce(numbered.given_id, numbered.person_id * 1048576 + coalesce(last_event.number, 0) + numbered.ordinal) AS row_id,
  numbered.person_id,
  numbered.resource_type,
  numbered.resource_id,
  numbered.resource_version,
  numbered.part,
  NULL AS retired_run_id,
  numbered.mapping_set_id
FROM numbered
LEFT JOIN last_event ON numbered.person_id = last_event.person_id
