-- One row a row of an OMOP event table, with its number and all it holds; the tables pick their columns. Codes beside
-- the main one (units, values, routes, sites) are looked up here: 0 = there is a code and it has no standard concept.
WITH numbered AS (
  SELECT s.row_id, t.*
  FROM event.target AS t
  JOIN lineage.row_source AS s
    ON t.person_id = s.person_id AND t.resource_type = s.resource_type AND t.resource_id = s.resource_id
    AND t.part = s.part AND s.retired_run_id IS NULL
),

whole AS (
  SELECT resource_type, resource_id, person_id, row_id, omop_table
  FROM numbered
  WHERE element = 'code' AND target_ordinal = 1
)

SELECT
  n.row_id, n.person_id, n.omop_table, n.concept_id,
  n.code AS source_value,
  coalesce(n.source_concept_id, 0) AS source_concept_id,
  e.start_date, e.start_time, e.end_date, e.end_time,
  CASE WHEN e.date_is_made AND e.resource_type = 'Observation' THEN 32882 ELSE e.type_concept_id END AS type_concept_id,
  e.provider_id, v.visit_occurrence_id, v.visit_detail_id,
  e.status_concept_id, e.status_source_value, e.stop_reason,
  n.doubt,
  e.verbatim_end_date, e.quantity, e.refills, e.days_supply, e.sig, e.lot_number, e.dose_unit,
  e.value_number,
  CASE e.comparator WHEN '<' THEN 4171756 WHEN '<=' THEN 4171754 WHEN '>=' THEN 4171755 WHEN '>' THEN 4172704 END AS operator_concept_id,
  coalesce(
    value.concept_id, e.value_fixed_concept_id,
    CASE WHEN len(e.value_codings) > 0 THEN 0 END, n.value_concept_id
  ) AS value_concept_id,
  coalesce(interpretation.targets[1].concept_id, CASE WHEN len(e.interpretation_codings) > 0 THEN 0 END) AS interpretation_concept_id,
  e.interpretation_codings[1].code AS interpretation_source_value,
  e.value_string, e.value_as_written,
  CASE WHEN e.unit_text IS NOT NULL THEN coalesce(unit.targets[1].concept_id, 0) END AS unit_concept_id,
  CASE WHEN e.unit_text IS NOT NULL THEN coalesce(unit.source_concept_id, 0) END AS unit_source_concept_id,
  e.unit_text AS unit_source_value,
  e.range_low, e.range_high,
  CASE WHEN len(e.route_codings) > 0 THEN coalesce(route.targets[1].concept_id, 0) END AS route_concept_id,
  e.route_codings[1].code AS route_source_value,
  CASE WHEN len(e.modifier_codings) > 0 THEN coalesce(modifier.targets[1].concept_id, 0) END AS modifier_concept_id,
  e.modifier_codings[1].code AS modifier_source_value,
  e.device_identifier, e.production_id,
  whole.row_id AS event_id,
  CASE whole.omop_table
    WHEN 'measurement' THEN 1147138
    WHEN 'observation' THEN 1147165
    WHEN 'condition_occurrence' THEN 1147127
    WHEN 'procedure_occurrence' THEN 1147082
  END AS event_field_concept_id
FROM numbered AS n
JOIN event.event AS e USING (resource_type, resource_id, element, element_index)
LEFT JOIN whole
  -- the condition on the part stands within the key: beside it, it would keep DuckDB from a hash join
  ON n.resource_type = whole.resource_type AND n.person_id = whole.person_id
  AND CASE WHEN n.element <> 'code' THEN n.resource_id END = whole.resource_id
LEFT JOIN event.visit_number AS v ON n.person_id = v.person_id AND e.encounter_id = v.encounter_id
LEFT JOIN event.value AS value
  ON n.resource_type = value.resource_type AND n.resource_id = value.resource_id AND n.element = value.element
  AND n.element_index = value.element_index
LEFT JOIN event.code_map AS interpretation
  ON e.interpretation_codings[1].system = interpretation.system AND e.interpretation_codings[1].code = interpretation.code
LEFT JOIN event.code_map AS unit
  ON coalesce(e.unit_system, 'http://unitsofmeasure.org') = unit.system AND coalesce(e.unit_code, e.unit_text) = unit.code
LEFT JOIN event.code_map AS route ON e.route_codings[1].system = route.system AND e.route_codings[1].code = route.code
LEFT JOIN event.code_map AS modifier ON e.modifier_codings[1].system = modifier.system AND e.modifier_codings[1].code = modifier.code
