-- One row a Condition, with what its OMOP row needs; `exclusion` says why it gives none.
SELECT
  'Condition' AS resource_type, c.resource_id, c.resource_version, c.patient_id, c.batch_id, c.source, c.source_line,
  'code' AS element,
  0 AS element_index,
  'condition' AS context,
  'condition_occurrence' AS fallback_table,
  c.code AS codings,
  coalesce(
    local_date(coalesce(c.onset_date_time, c.onset_period_start)),
    local_date_at_age(p.birth_date, c.onset_age_value, c.onset_age_code),
    local_date(c.recorded_date)
  ) AS start_date,
  coalesce(
    local_time(coalesce(c.onset_date_time, c.onset_period_start)),
    CASE WHEN coalesce(c.onset_date_time, c.onset_period_start, c.onset_age_value) IS NULL THEN local_time(c.recorded_date) END
  ) AS start_time,
  coalesce(is_partial(coalesce(c.onset_date_time, c.onset_period_start)), TRUE) AS date_is_made,
  coalesce(
    local_date(coalesce(c.abatement_date_time, c.abatement_period_end)),
    local_date_at_age(p.birth_date, c.abatement_age_value, c.abatement_age_code)
  ) AS end_date,
  local_time(coalesce(c.abatement_date_time, c.abatement_period_end)) AS end_time,
  c.encounter_id,
  coalesce(c.asserter_practitioner_id, c.recorder_practitioner_id) AS practitioner_id,
  CASE
    WHEN c.asserter_patient_id IS NOT NULL THEN 32865
    WHEN list_contains(list_transform(c.category, x -> x.code), 'encounter-diagnosis') THEN 32827
    WHEN list_contains(list_transform(c.category, x -> x.code), 'problem-list-item') THEN 32840
    ELSE 32817
  END AS type_concept_id,
  CASE
    WHEN c.clinical_status = 'resolved' THEN 32906
    WHEN c.verification_status = 'confirmed' THEN 32893
  END AS status_concept_id,
  coalesce(c.verification_status, c.clinical_status) AS status_source_value,
  left(c.abatement_string, 20) AS stop_reason,
  CASE
    WHEN getvariable('mapping_profile') <> 'fhir2omop' AND c.verification_status IN ('provisional', 'differential', 'refuted')
      THEN c.verification_status
  END AS doubt,
  coalesce(
    void_reason(c.verification_status, c.has_modifier_extension),
    CASE
      WHEN c.verification_status = 'unconfirmed' AND getvariable('mapping_profile') <> 'fhir2omop' THEN 'status_unconfirmed'
      WHEN c.verification_status = 'refuted' AND getvariable('mapping_profile') = 'fhir2omop' THEN 'status_refuted'
    END
  ) AS exclusion
FROM fhir.condition AS c
LEFT JOIN fhir.patient AS p ON c.patient_id = p.patient_id
