-- One row a patient and a code of theirs that has no standard concept: what quality.unmapped adds up.
WITH missed AS (
  SELECT patient_id, system, code, display, fallback_table AS place
  FROM event.target
  WHERE concept_id = 0 AND domain_id IS NULL

  UNION ALL
  SELECT e.patient_id, e.unit_system, coalesce(e.unit_code, e.unit_text), e.unit_text, 'unit'
  FROM event.event AS e
  LEFT JOIN event.code_map AS map
    ON coalesce(e.unit_system, 'http://unitsofmeasure.org') = map.system AND coalesce(e.unit_code, e.unit_text) = map.code
  WHERE e.exclusion IS NULL AND coalesce(e.unit_code, e.unit_text) IS NOT NULL AND map.targets IS NULL

  UNION ALL
  SELECT patient_id, coding.system, coding.code, coding.display, 'value'
  FROM event.value
  WHERE concept_id IS NULL AND coding.code IS NOT NULL

  UNION ALL
  SELECT e.patient_id, e.interpretation_codings[1].system, e.interpretation_codings[1].code, e.interpretation_codings[1].display, 'value'
  FROM event.event AS e
  LEFT JOIN event.code_map AS map
    ON e.interpretation_codings[1].system = map.system AND e.interpretation_codings[1].code = map.code
  WHERE e.exclusion IS NULL AND e.interpretation_codings[1].code IS NOT NULL AND map.targets IS NULL

  UNION ALL
  SELECT e.patient_id, e.modifier_codings[1].system, e.modifier_codings[1].code, e.modifier_codings[1].display, 'modifier'
  FROM event.event AS e
  LEFT JOIN event.code_map AS map ON e.modifier_codings[1].system = map.system AND e.modifier_codings[1].code = map.code
  WHERE e.exclusion IS NULL AND e.modifier_codings[1].code IS NOT NULL AND map.targets IS NULL

  UNION ALL
  SELECT e.patient_id, e.route_codings[1].system, e.route_codings[1].code, e.route_codings[1].display, 'route'
  FROM event.event AS e
  LEFT JOIN event.code_map AS map ON e.route_codings[1].system = map.system AND e.route_codings[1].code = map.code
  WHERE e.exclusion IS NULL AND e.route_codings[1].code IS NOT NULL AND map.targets IS NULL
)

SELECT
  patient_id,
  system,
  code,
  min(display) AS display,
  CASE place
    WHEN 'condition_occurrence' THEN 'Condition'
    WHEN 'drug_exposure' THEN 'Drug'
    WHEN 'procedure_occurrence' THEN 'Procedure'
    WHEN 'device_exposure' THEN 'Device'
    WHEN 'specimen' THEN 'Specimen'
    WHEN 'unit' THEN 'Unit'
    WHEN 'value' THEN 'Meas Value'
    WHEN 'route' THEN 'Route'
    WHEN 'modifier' THEN 'Spec Anatomic Site'
    ELSE 'Observation'
  END AS domain_hint,
  count(*) AS occurrences
FROM missed
GROUP BY patient_id, system, code, place
