-- One row a person, OMOP table and rule of plausibility: how many rows were looked at, and how many break the rule.
-- What a source says is kept, plausible or not; these counts tell whether to believe it.
WITH judged AS (
  SELECT
    happening.person_id,
    happening.omop_table,
    happening.end_date < happening.start_date AS ends_before_start,
    happening.start_date NOT BETWEEN period.observation_period_start_date AND period.observation_period_end_date
      OR period.person_id IS NULL AS is_outside_observation,
    happening.start_date > death.death_date + 60 AS is_after_death,
    death.person_id IS NOT NULL AS has_died,
    happening.start_date < make_date(person.year_of_birth::INTEGER, coalesce(person.month_of_birth, 1)::INTEGER, coalesce(person.day_of_birth, 1)::INTEGER)
      AS is_before_birth
  FROM event.happening AS happening
  JOIN omop.person AS person ON happening.person_id = person.person_id
  LEFT JOIN omop.observation_period AS period ON happening.person_id = period.person_id
  LEFT JOIN omop.death AS death ON happening.person_id = death.person_id
),

counted AS (
  SELECT
    person_id,
    omop_table,
    count(*) AS looked_at,
    count(ends_before_start) AS have_end,
    count_if(ends_before_start) AS end_before_start,
    count_if(is_outside_observation) AS outside_observation,
    count_if(has_died) AS of_the_dead,
    count_if(is_after_death) AS after_death,
    count_if(is_before_birth) AS before_birth
  FROM judged
  GROUP BY person_id, omop_table
),

-- A stay is as long as its Encounter says.
stay AS (
  SELECT
    visit.person_id,
    count(*) AS looked_at,
    count_if(
      visit.visit_end_date - visit.visit_start_date IS DISTINCT FROM local_date(encounter.period_end) - local_date(encounter.period_start)
    ) AS broken
  FROM omop.visit_occurrence AS visit
  JOIN lineage.row_source AS s
    ON visit.person_id = s.person_id AND visit.visit_occurrence_id = s.row_id AND s.omop_table = 'visit_occurrence'
    AND s.retired_run_id IS NULL
  JOIN fhir.encounter AS encounter ON s.resource_id = encounter.resource_id
  WHERE local_date(encounter.period_start) IS NOT NULL AND local_date(encounter.period_end) IS NOT NULL
  GROUP BY visit.person_id
),

-- What the source wrote as a value is a number or a standard concept; of an observation it may be a text. Else it stands in
-- value_source_value alone, as when its code is not known.
valued AS (
  SELECT
    person_id,
    'measurement' AS omop_table,
    count(value_source_value) AS looked_at,
    count_if(value_source_value IS NOT NULL AND value_as_number IS NULL AND coalesce(value_as_concept_id, 0) = 0) AS broken
  FROM omop.measurement
  GROUP BY person_id
  UNION ALL
  SELECT
    person_id,
    'observation',
    count(value_source_value),
    count_if(
      value_source_value IS NOT NULL AND value_as_number IS NULL AND value_as_string IS NULL AND coalesce(value_as_concept_id, 0) = 0
    )
  FROM omop.observation
  GROUP BY person_id
),

-- One concept is measured in one unit.
measured AS (
  SELECT person_id, measurement_concept_id, count(DISTINCT unit_source_value) AS units
  FROM omop.measurement
  WHERE measurement_concept_id <> 0 AND unit_source_value IS NOT NULL
  GROUP BY person_id, measurement_concept_id
)

SELECT person_id, omop_table, 'end_before_start' AS rule, have_end AS looked_at, end_before_start AS broken
FROM counted
WHERE have_end > 0
UNION ALL
SELECT person_id, omop_table, 'outside_observation_period', looked_at, outside_observation FROM counted
UNION ALL
SELECT person_id, omop_table, 'later_than_60_days_after_death', of_the_dead, after_death FROM counted WHERE of_the_dead > 0
UNION ALL
SELECT person_id, omop_table, 'before_birth', looked_at, before_birth FROM counted
UNION ALL
SELECT person_id, 'visit_occurrence', 'duration_not_preserved', looked_at, broken FROM stay
UNION ALL
SELECT person_id, omop_table, 'value_as_text_only', looked_at, broken FROM valued WHERE looked_at > 0
UNION ALL
SELECT person_id, 'measurement', 'several_units_of_a_concept', count(*), count_if(units > 1) FROM measured GROUP BY person_id
