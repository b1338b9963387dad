-- One row a person who died on a known day.
SELECT
  person_id,
  death_date,
  death_time AS death_datetime,
  32817::BIGINT AS death_type_concept_id,
  NULL::BIGINT AS cause_concept_id,
  NULL::VARCHAR AS cause_source_value,
  NULL::BIGINT AS cause_source_concept_id
FROM event.death
