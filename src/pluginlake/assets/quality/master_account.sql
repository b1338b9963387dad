-- One row an OMOP table of master data: its rows, and the entries that lineage.row_source holds for them.
WITH row_count AS (
  SELECT 'location' AS omop_table, count(*) AS table_rows FROM omop.location
  UNION ALL SELECT 'care_site', count(*) FROM omop.care_site
  UNION ALL SELECT 'provider', count(*) FROM omop.provider
)

SELECT
  row_count.omop_table,
  row_count.table_rows,
  count(entry.row_id) AS entries
FROM row_count
LEFT JOIN lineage.row_source AS entry
  ON row_count.omop_table = entry.omop_table AND entry.person_id IS NULL AND entry.retired_run_id IS NULL
GROUP BY ALL
