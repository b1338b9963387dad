-- One row an organization, or a ward: where care is given.
SELECT
  r.number AS care_site_id,
  left(o.name, 255) AS care_site_name,
  0::BIGINT AS place_of_service_concept_id,
  place.number AS location_id,
  o.resource_id AS care_site_source_value,
  o.type[1].code AS place_of_service_source_value
FROM fhir.organization AS o
JOIN lineage.registry AS r ON r.resource_type = 'Organization' AND o.resource_id = r.resource_id
LEFT JOIN event.address AS a ON a.resource_type = 'Organization' AND o.resource_id = a.resource_id
LEFT JOIN lineage.registry AS place ON place.resource_type = 'Address' AND a.address_key = place.resource_id

UNION ALL

SELECT number, left(name, 255), 0, number, resource_id, 'wa'
FROM event.ward
