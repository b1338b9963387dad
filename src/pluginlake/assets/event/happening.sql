-- One row a row of an OMOP table that tells when something happened: what it is, and from when to when.
SELECT person_id, 'visit_occurrence' AS omop_table, visit_start_date AS start_date, visit_end_date AS end_date FROM omop.visit_occurrence
UNION ALL
SELECT person_id, 'visit_detail', visit_detail_start_date, visit_detail_end_date FROM omop.visit_detail
UNION ALL
SELECT person_id, 'condition_occurrence', condition_start_date, condition_end_date FROM omop.condition_occurrence
UNION ALL
SELECT person_id, 'drug_exposure', drug_exposure_start_date, drug_exposure_end_date FROM omop.drug_exposure
UNION ALL
SELECT person_id, 'procedure_occurrence', procedure_date, procedure_end_date FROM omop.procedure_occurrence
UNION ALL
SELECT person_id, 'device_exposure', device_exposure_start_date, device_exposure_end_date FROM omop.device_exposure
UNION ALL
SELECT person_id, 'measurement', measurement_date, NULL FROM omop.measurement
UNION ALL
SELECT person_id, 'observation', observation_date, NULL FROM omop.observation
UNION ALL
SELECT person_id, 'specimen', specimen_date, NULL FROM omop.specimen
