-- One row a Specimen, with what its OMOP row needs; `exclusion` says why it gives none.
SELECT
  'Specimen' AS resource_type, resource_id, resource_version, patient_id, batch_id, source, source_line,
  'type' AS element,
  0 AS element_index,
  'specimen' AS context,
  'specimen' AS fallback_table,
  type AS codings,
  local_date(coalesce(collected_date_time, collected_period_start, received_time)) AS start_date,
  local_time(coalesce(collected_date_time, collected_period_start, received_time)) AS start_time,
  coalesce(is_partial(coalesce(collected_date_time, collected_period_start)), TRUE) AS date_is_made,
  local_date(collected_period_end) AS end_date,
  local_time(collected_period_end) AS end_time,
  collector_practitioner_id AS practitioner_id,
  32817 AS type_concept_id,
  try_cast(quantity_value AS DOUBLE) AS quantity,
  quantity_system AS unit_system,
  quantity_code AS unit_code,
  coalesce(quantity_unit, quantity_code) AS unit_text,
  body_site AS modifier_codings,
  coalesce(
    void_reason(status, has_modifier_extension), status_reason(coalesce(status, 'available'), ['available', 'unavailable'])
  ) AS exclusion
FROM fhir.specimen
