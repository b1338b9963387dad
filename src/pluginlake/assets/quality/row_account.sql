-- One row a person (NULL = master data) and OMOP table: its rows, and the entries that lineage.row_source holds for them.
WITH row_count AS (
  SELECT 'person' AS omop_table, person_id, count(*) AS table_rows FROM omop.person GROUP BY ALL
  UNION ALL SELECT 'death', person_id, count(*) FROM omop.death GROUP BY ALL
  UNION ALL SELECT 'observation_period', person_id, count(*) FROM omop.observation_period GROUP BY ALL
  UNION ALL SELECT 'visit_occurrence', person_id, count(*) FROM omop.visit_occurrence GROUP BY ALL
  UNION ALL SELECT 'visit_detail', person_id, count(*) FROM omop.visit_detail GROUP BY ALL
  UNION ALL SELECT 'condition_occurrence', person_id, count(*) FROM omop.condition_occurrence GROUP BY ALL
  UNION ALL SELECT 'drug_exposure', person_id, count(*) FROM omop.drug_exposure GROUP BY ALL
  UNION ALL SELECT 'procedure_occurrence', person_id, count(*) FROM omop.procedure_occurrence GROUP BY ALL
  UNION ALL SELECT 'device_exposure', person_id, count(*) FROM omop.device_exposure GROUP BY ALL
  UNION ALL SELECT 'measurement', person_id, count(*) FROM omop.measurement GROUP BY ALL
  UNION ALL SELECT 'payer_plan_period', person_id, count(*) FROM omop.payer_plan_period GROUP BY ALL
  UNION ALL SELECT 'specimen', person_id, count(*) FROM omop.specimen GROUP BY ALL
  UNION ALL SELECT 'observation', person_id, count(*) FROM omop.observation GROUP BY ALL
),

entry_count AS (
  SELECT omop_table, person_id, count(*) AS entries
  FROM lineage.row_source
  WHERE retired_run_id IS NULL AND person_id IS NOT NULL
  GROUP BY ALL
)

SELECT
  coalesce(row_count.person_id, entry_count.person_id) AS person_id,
  coalesce(row_count.omop_table, entry_count.omop_table) AS omop_table,
  coalesce(row_count.table_rows, 0) AS table_rows,
  coalesce(entry_count.entries, 0) AS entries
FROM row_count
FULL JOIN entry_count ON row_count.person_id = entry_count.person_id AND row_count.omop_table = entry_count.omop_table
