-- Records which columns the assets of run $1 come from: one row an element of the JSON array $2.
INSERT INTO lineage.column_edge (run_id, asset, column_name, input, input_column, expression_kind)
SELECT
  $1,
  edges.edge.asset,
  edges.edge.column_name,
  edges.edge.input,
  edges.edge.input_column,
  edges.edge.expression_kind
FROM (
  SELECT unnest(from_json(
    $2::JSON,
    '[{"asset": "VARCHAR", "column_name": "VARCHAR", "input": "VARCHAR", "input_column": "VARCHAR", "expression_kind": "VARCHAR"}]'
  )) AS edge
) AS edges
