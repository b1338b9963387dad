-- One row a practitioner, without a name or a number by which they are known elsewhere. The specialty is that of the
-- first role, else of the first qualification: its concept if that is of the domain Provider, and the code in any case.
WITH role AS (
  SELECT
    practitioner_id,
    arg_min(specialty[1], resource_id) AS specialty,
    arg_min(organization_id, resource_id) AS organization_id
  FROM fhir.practitioner_role
  GROUP BY practitioner_id
),

skilled AS (
  SELECT
    p.*,
    role.organization_id,
    coalesce(role.specialty, p.qualification[1]) AS specialty
  FROM fhir.practitioner AS p
  LEFT JOIN role ON p.resource_id = role.practitioner_id
)

SELECT
  r.number AS provider_id,
  NULL::VARCHAR AS provider_name,
  NULL::VARCHAR AS npi,
  NULL::VARCHAR AS dea,
  CASE WHEN meaning.target_domain_id = 'Provider' THEN meaning.target_concept_id ELSE 0 END::BIGINT AS specialty_concept_id,
  care_site.number AS care_site_id,
  year(local_date(p.birth_date))::INTEGER AS year_of_birth,
  CASE p.gender WHEN 'male' THEN 8507 WHEN 'female' THEN 8532 ELSE 0 END AS gender_concept_id,
  p.resource_id AS provider_source_value,
  p.specialty.code AS specialty_source_value,
  coalesce(meaning.source_concept_id, 0)::BIGINT AS specialty_source_concept_id,
  p.gender AS gender_source_value,
  0::BIGINT AS gender_source_concept_id
FROM skilled AS p
JOIN lineage.registry AS r ON r.resource_type = 'Practitioner' AND p.resource_id = r.resource_id
LEFT JOIN event.care_site AS care_site ON p.organization_id = care_site.resource_id
LEFT JOIN vocab.code_system AS system ON p.specialty.system = system.uri
LEFT JOIN vocab.code_target AS meaning
  ON system.vocabulary_id = meaning.vocabulary_id AND meaning.concept_code = normal_code(p.specialty.code, system.code_form)
  AND meaning.target_ordinal = 1
