-- One row a drug ordered, given or taken: a statement whose standard concept is of the domain Drug.
SELECT
  row_id AS drug_exposure_id,
  person_id,
  concept_id AS drug_concept_id,
  start_date AS drug_exposure_start_date,
  start_time AS drug_exposure_start_datetime,
  coalesce(end_date, start_date) AS drug_exposure_end_date,
  coalesce(end_time, CASE WHEN end_date IS NULL THEN start_time END) AS drug_exposure_end_datetime,
  verbatim_end_date,
  type_concept_id AS drug_type_concept_id,
  stop_reason,
  refills,
  quantity,
  days_supply,
  sig,
  route_concept_id,
  lot_number,
  provider_id,
  visit_occurrence_id,
  visit_detail_id,
  source_value AS drug_source_value,
  source_concept_id AS drug_source_concept_id,
  route_source_value,
  dose_unit AS dose_unit_source_value
FROM event.fact
WHERE omop_table = 'drug_exposure'
