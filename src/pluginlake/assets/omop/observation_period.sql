-- One row a person with events: the time in which they are seen here, from the first to the last day of any event.
SELECT
  s.row_id AS observation_period_id,
  period.person_id,
  period.start_date AS observation_period_start_date,
  period.end_date AS observation_period_end_date,
  32817::BIGINT AS period_type_concept_id
FROM event.period AS period
JOIN lineage.row_source AS s
  ON period.person_id = s.person_id AND s.part = 'observation_period' AND s.resource_type = 'Patient' AND s.retired_run_id IS NULL
