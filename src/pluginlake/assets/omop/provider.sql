-- One row a practitioner, without a name or a number by which they are known elsewhere. The specialty is that of the
-- first role, else of the first qualification; without a map it is kept as a code.
WITH role AS (
  SELECT
    practitioner_id,
    arg_min(specialty[1].code, resource_id) AS specialty,
    arg_min(organization_id, resource_id) AS organization_id
  FROM fhir.practitioner_role
  GROUP BY practitioner_id
)

SELECT
  r.number AS provider_id,
  NULL::VARCHAR AS provider_name,
  NULL::VARCHAR AS npi,
  NULL::VARCHAR AS dea,
  0::BIGINT AS specialty_concept_id,
  care_site.number AS care_site_id,
  year(local_date(p.birth_date))::INTEGER AS year_of_birth,
  CASE p.gender WHEN 'male' THEN 8507 WHEN 'female' THEN 8532 ELSE 0 END AS gender_concept_id,
  p.resource_id AS provider_source_value,
  coalesce(role.specialty, p.qualification[1].code) AS specialty_source_value,
  0::BIGINT AS specialty_source_concept_id,
  p.gender AS gender_source_value,
  0::BIGINT AS gender_source_concept_id
FROM fhir.practitioner AS p
JOIN lineage.registry AS r ON r.resource_type = 'Practitioner' AND p.resource_id = r.resource_id
LEFT JOIN role ON p.resource_id = role.practitioner_id
LEFT JOIN event.care_site AS care_site ON role.organization_id = care_site.resource_id
