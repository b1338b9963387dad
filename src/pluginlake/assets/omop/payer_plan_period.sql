-- One row a time in which a person is insured: a Coverage with a first day.
SELECT
  s.row_id AS payer_plan_period_id,
  insured.person_id,
  insured.start_date AS payer_plan_period_start_date,
  insured.end_date AS payer_plan_period_end_date,
  0::BIGINT AS payer_concept_id,
  insured.payer_source_value,
  0::BIGINT AS payer_source_concept_id,
  0::BIGINT AS plan_concept_id,
  insured.plan_source_value,
  0::BIGINT AS plan_source_concept_id,
  NULL::BIGINT AS sponsor_concept_id,
  NULL::VARCHAR AS sponsor_source_value,
  NULL::BIGINT AS sponsor_source_concept_id,
  NULL::VARCHAR AS family_source_value,
  NULL::BIGINT AS stop_reason_concept_id,
  NULL::VARCHAR AS stop_reason_source_value,
  NULL::BIGINT AS stop_reason_source_concept_id
FROM event.insured AS insured
JOIN lineage.row_source AS s
  ON insured.person_id = s.person_id AND s.resource_type = 'Coverage' AND insured.resource_id = s.resource_id
  AND s.part = 'payer_plan_period' AND s.retired_run_id IS NULL
WHERE insured.exclusion IS NULL
