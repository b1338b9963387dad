-- One row a person: a patient with a birth date. No name, no identifier; person_source_value is the resource's id.
SELECT
  person.person_id,
  CASE p.gender WHEN 'male' THEN 8507 WHEN 'female' THEN 8532 ELSE 0 END AS gender_concept_id,
  year(person.birth_date)::INTEGER AS year_of_birth,
  CASE WHEN length(p.birth_date) >= 7 THEN month(person.birth_date)::INTEGER END AS month_of_birth,
  CASE WHEN length(p.birth_date) >= 10 THEN day(person.birth_date)::INTEGER END AS day_of_birth,
  local_time(p.birth_time) AS birth_datetime,
  CASE WHEN len(p.race) > 1 THEN 1546847 ELSE coalesce(race.concept_id, 0) END AS race_concept_id,
  coalesce(ethnicity.concept_id, 0) AS ethnicity_concept_id,
  address.number AS location_id,
  provider.number AS provider_id,
  care_site.number AS care_site_id,
  p.resource_id AS person_source_value,
  p.gender AS gender_source_value,
  0::BIGINT AS gender_source_concept_id,
  p.race[1].code AS race_source_value,
  0::BIGINT AS race_source_concept_id,
  p.ethnicity[1].code AS ethnicity_source_value,
  0::BIGINT AS ethnicity_source_concept_id
FROM event.person AS person
JOIN fhir.patient AS p ON person.patient_id = p.patient_id
LEFT JOIN event.race_code AS race ON p.race[1].code = race.code
LEFT JOIN event.race_code AS ethnicity ON p.ethnicity[1].code = ethnicity.code
LEFT JOIN lineage.registry AS address
  ON
    address.resource_type = 'Address'
    AND address.resource_id = address_hash(p.address_city, p.address_state, left(p.address_postal_code, 3), p.address_country)
LEFT JOIN event.provider AS provider ON p.general_practitioner_id = provider.resource_id
LEFT JOIN event.care_site AS care_site ON p.managing_organization_id = care_site.resource_id
