-- One row a place: a Location, or an address reduced to what may be kept. Never a street.
SELECT
  r.number AS location_id,
  NULL::VARCHAR AS address_1,
  NULL::VARCHAR AS address_2,
  left(l.address_city, 50) AS city,
  left(l.address_state, 2) AS state,
  left(l.address_postal_code, 9) AS zip,
  left(l.address_district, 20) AS county,
  l.resource_id AS location_source_value,
  0::BIGINT AS country_concept_id,
  l.address_country AS country_source_value,
  l.latitude,
  l.longitude
FROM fhir.location AS l
JOIN lineage.registry AS r ON r.resource_type = 'Location' AND l.resource_id = r.resource_id

UNION ALL

SELECT
  r.number, NULL, NULL,
  left(any_value(a.city), 50),
  left(any_value(a.state), 2),
  left(any_value(a.postal_code), 9),
  NULL,
  NULL,
  0,
  any_value(a.country),
  NULL,
  NULL
FROM event.address AS a
JOIN lineage.registry AS r ON r.resource_type = 'Address' AND a.address_key = r.resource_id
GROUP BY r.number
