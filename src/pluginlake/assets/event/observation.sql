-- One row an Observation or component, with what its OMOP row needs. A row that has no value and only groups others is
-- excluded as `panel`; a value that OMOP has no place for (range, ratio, samples) is kept as text.
WITH timed AS (
  SELECT
    *,
    coalesce(effective_date_time, effective_period_start, effective_instant, effective_timing_event) AS effective,
    coalesce(
      quantity_text(value_quantity_comparator, value_quantity_value), value_coding[1].code, value_string, value_boolean::VARCHAR,
      value_integer::VARCHAR, value_date_time, value_time, value_range_low || '-' || value_range_high, value_range_low,
      value_range_high, value_ratio_numerator || '/' || value_ratio_denominator,
      CASE WHEN value_period_start IS NOT NULL OR value_period_end IS NOT NULL THEN concat(value_period_start, '/', value_period_end) END,
      left(value_sampled_data, 50), value_text
    ) AS value_as_written
  FROM event.observed
)

SELECT
  'Observation' AS resource_type, resource_id, resource_version, patient_id, batch_id, source, source_line,
  element,
  element_index,
  'observation' AS context,
  'observation' AS fallback_table,
  code AS codings,
  local_date(coalesce(effective, issued)) AS start_date,
  local_time(coalesce(effective, issued)) AS start_time,
  coalesce(is_partial(effective), TRUE) AS date_is_made,
  encounter_id,
  performer_practitioner_id AS practitioner_id,
  CASE
    WHEN performer_patient_id IS NOT NULL THEN 32865
    WHEN list_contains(list_transform(category, x -> x.code), 'laboratory') THEN 32856
    ELSE 32817
  END AS type_concept_id,
  coalesce(try_cast(value_quantity_value AS DOUBLE), value_integer::DOUBLE) AS value_number,
  value_quantity_comparator AS comparator,
  value_quantity_system AS unit_system,
  value_quantity_code AS unit_code,
  coalesce(value_quantity_unit, value_quantity_code) AS unit_text,
  value_coding AS value_codings,
  CASE value_boolean WHEN TRUE THEN 4188539 WHEN FALSE THEN 4188540 END AS value_fixed_concept_id,
  left(coalesce(value_string, value_date_time, value_time), 60) AS value_string,
  value_as_written,
  interpretation AS interpretation_codings,
  try_cast(reference_low AS DOUBLE) AS range_low,
  try_cast(reference_high AS DOUBLE) AS range_high,
  coalesce(
    void_reason(status, has_modifier_extension),
    status_reason(status, ['final', 'amended', 'corrected']),
    CASE
      WHEN data_is_absent THEN 'data_absent'
      WHEN value_as_written IS NULL AND (has_component OR has_member) THEN 'panel'
    END
  ) AS exclusion
FROM timed
