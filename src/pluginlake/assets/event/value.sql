-- One row an event that counts and has a coded value: the standard concept of the first of its codes that has one, and
-- its first code.
WITH offered AS (
  SELECT
    patient_id, resource_type, resource_id, element, element_index,
    unnest(value_codings) AS coding,
    generate_subscripts(value_codings, 1) AS place
  FROM event.event
  WHERE exclusion IS NULL AND len(value_codings) > 0
)

SELECT
  offered.patient_id, offered.resource_type, offered.resource_id, offered.element, offered.element_index,
  arg_min(map.targets[1].concept_id, offered.place) FILTER (WHERE map.targets IS NOT NULL) AS concept_id,
  arg_min(offered.coding, offered.place) FILTER (WHERE offered.coding.code IS NOT NULL) AS coding
FROM offered
LEFT JOIN event.code_map AS map ON offered.coding.system = map.system AND offered.coding.code = map.code
GROUP BY ALL
