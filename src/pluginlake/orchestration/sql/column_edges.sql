-- One row an edge of column lineage as the newest run with new code left it for each asset.
WITH newest AS (
  SELECT asset, max(run_id) AS run_id FROM lineage.column_edge GROUP BY asset
)

SELECT DISTINCT e.asset, e.column_name, e.input, e.input_column, e.expression_kind
FROM lineage.column_edge AS e
JOIN newest ON e.asset = newest.asset AND e.run_id = newest.run_id
ORDER BY ALL
