-- One row a use of a device: a DeviceUseStatement, or under the profile fhir2omop a Device by itself, whose dates of
-- manufacture and expiry then stand for its use. Otherwise a Device alone says nothing of when it was used.
SELECT
  'DeviceUseStatement' AS resource_type, u.resource_id, u.resource_version, u.patient_id, u.batch_id, u.source, u.source_line,
  'device' AS element,
  0 AS element_index,
  'device' AS context,
  'device_exposure' AS fallback_table,
  coalesce(d.type, []) AS codings,
  local_date(coalesce(u.timing_date_time, u.timing_period_start, u.recorded_on)) AS start_date,
  local_time(coalesce(u.timing_date_time, u.timing_period_start, u.recorded_on)) AS start_time,
  coalesce(is_partial(coalesce(u.timing_date_time, u.timing_period_start)), TRUE) AS date_is_made,
  local_date(u.timing_period_end) AS end_date,
  local_time(u.timing_period_end) AS end_time,
  u.source_practitioner_id AS practitioner_id,
  CASE WHEN u.source_patient_id IS NOT NULL THEN 32865 ELSE 32817 END AS type_concept_id,
  d.udi_device_identifier AS device_identifier,
  coalesce(d.lot_number, d.serial_number) AS production_id,
  coalesce(
    void_reason(d.status, FALSE),
    void_reason(u.status, u.has_modifier_extension),
    status_reason(u.status, ['active', 'completed', 'stopped']),
    CASE WHEN d.resource_id IS NULL THEN 'no_device' END
  ) AS exclusion
FROM fhir.device_use_statement AS u
LEFT JOIN fhir.device AS d ON u.device_id = d.resource_id

UNION ALL BY NAME

SELECT
  'Device' AS resource_type, resource_id, resource_version, patient_id, batch_id, source, source_line,
  'type' AS element,
  0 AS element_index,
  'device' AS context,
  'device_exposure' AS fallback_table,
  type AS codings,
  local_date(manufacture_date) AS start_date,
  local_time(manufacture_date) AS start_time,
  TRUE AS date_is_made,
  local_date(expiration_date) AS end_date,
  local_time(expiration_date) AS end_time,
  32817 AS type_concept_id,
  udi_device_identifier AS device_identifier,
  coalesce(lot_number, serial_number) AS production_id,
  coalesce(
    void_reason(status, FALSE),
    CASE WHEN getvariable('mapping_profile') <> 'fhir2omop' THEN 'no_statement_of_use' END,
    status_reason(coalesce(status, 'active'), ['active'])
  ) AS exclusion
FROM fhir.device
