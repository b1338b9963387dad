-- One row an AllergyIntolerance and one a manifestation of its reactions, with what their OMOP rows need.
WITH whole AS (
  SELECT
    a.*,
    coalesce(
      a.recorded_date, a.onset_date_time, a.onset_period_start,
      local_date_at_age(p.birth_date, a.onset_age_value, a.onset_age_code)::VARCHAR
    ) AS moment,
    coalesce(
      void_reason(a.verification_status, a.has_modifier_extension),
      CASE WHEN a.verification_status = 'refuted' THEN 'status_refuted' END
    ) AS exclusion
  FROM fhir.allergy_intolerance AS a
  LEFT JOIN fhir.patient AS p ON a.patient_id = p.patient_id
)

SELECT
  'AllergyIntolerance' AS resource_type, resource_id, resource_version, patient_id, batch_id, source, source_line,
  'code' AS element,
  0 AS element_index,
  'allergy' AS context,
  'observation' AS fallback_table,
  code AS codings,
  local_date(moment) AS start_date,
  local_time(moment) AS start_time,
  is_partial(moment) AS date_is_made,
  encounter_id,
  coalesce(recorder_practitioner_id, asserter_practitioner_id) AS practitioner_id,
  CASE WHEN asserter_patient_id IS NOT NULL THEN 32865 ELSE 32817 END AS type_concept_id,
  CASE
    WHEN coalesce(type, 'allergy') = 'allergy' THEN CASE category
      WHEN 'food' THEN 4188027
      WHEN 'environment' THEN 4144450
      WHEN 'biologic' THEN 43530807
      ELSE 439224
    END
    ELSE CASE category
      WHEN 'food' THEN 4240582
      WHEN 'environment' THEN 4172024
      WHEN 'biologic' THEN 36684107
      ELSE 4340252
    END
  END AS substance_concept_id,
  exclusion
FROM whole

UNION ALL BY NAME

SELECT
  'AllergyIntolerance' AS resource_type, whole.resource_id, whole.resource_version, whole.patient_id, whole.batch_id,
  whole.source, whole.source_line,
  'reaction.manifestation' AS element,
  r.reaction_index * 1000 + r.manifestation_index AS element_index,
  'condition' AS context,
  'observation' AS fallback_table,
  r.manifestation AS codings,
  local_date(coalesce(r.reaction_onset, whole.moment)) AS start_date,
  local_time(coalesce(r.reaction_onset, whole.moment)) AS start_time,
  is_partial(coalesce(r.reaction_onset, whole.moment)) AS date_is_made,
  whole.encounter_id,
  coalesce(whole.recorder_practitioner_id, whole.asserter_practitioner_id) AS practitioner_id,
  CASE WHEN whole.asserter_patient_id IS NOT NULL THEN 32865 ELSE 32817 END AS type_concept_id,
  whole.exclusion
FROM fhir.allergy_reaction AS r
JOIN whole ON r.resource_id = whole.resource_id
