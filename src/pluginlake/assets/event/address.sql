-- One row an address of a person or an organization, reduced to what may be kept: of a person no more of the postal
-- code than three characters, and never a street.
WITH kept AS (
  SELECT
    'Patient' AS resource_type, resource_id, resource_version, batch_id, source, source_line,
    address_city AS city,
    address_state AS state,
    left(address_postal_code, 3) AS postal_code,
    address_country AS country
  FROM fhir.patient
  UNION ALL
  SELECT
    'Organization', resource_id, resource_version, batch_id, source, source_line,
    address_city, address_state, address_postal_code, address_country
  FROM fhir.organization
)

SELECT *, address_hash(city, state, postal_code, country) AS address_key
FROM kept
WHERE coalesce(city, state, postal_code, country) IS NOT NULL
