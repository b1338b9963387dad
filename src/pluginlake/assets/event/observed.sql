-- One row an Observation, and one a component of it with what the whole says: element = code or component.
WITH whole AS (
  SELECT
    * EXCLUDE (id, specimen_id),
    'code' AS element,
    0 AS element_index
  FROM fhir.observation
)

SELECT * FROM whole

UNION ALL BY NAME

SELECT
  whole.* EXCLUDE (
    code, code_text, value_quantity_value, value_quantity_comparator, value_quantity_unit, value_quantity_system,
    value_quantity_code, value_coding, value_text, value_string, value_boolean, value_integer, value_date_time, value_time,
    value_range_low, value_range_high, value_ratio_numerator, value_ratio_denominator, value_period_start, value_period_end,
    value_sampled_data,
    data_absent_reason, data_is_absent, interpretation, reference_low, reference_high, has_component, has_member, element, element_index
  ),
  part.* EXCLUDE (id, resource_id, resource_version, patient_id, batch_id, source, source_line, component_index),
  FALSE AS has_component,
  FALSE AS has_member,
  'component' AS element,
  part.component_index AS element_index
FROM fhir.observation_component AS part
JOIN whole ON part.resource_id = whole.resource_id
