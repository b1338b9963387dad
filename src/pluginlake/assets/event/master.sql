-- One row a row of master data in OMOP: locations, care sites, providers, with the number they have there.
SELECT
  'location' AS omop_table, r.number AS row_id, 'Location' AS resource_type, l.resource_id, l.resource_version,
  'location' AS part, l.batch_id, l.source, l.source_line
FROM fhir.location AS l
JOIN lineage.registry AS r ON r.resource_type = 'Location' AND l.resource_id = r.resource_id

UNION ALL
SELECT
  'location', r.number,
  arg_min(a.resource_type, a.resource_type || a.resource_id),
  arg_min(a.resource_id, a.resource_type || a.resource_id),
  arg_min(a.resource_version, a.resource_type || a.resource_id),
  'address ' || a.address_key,
  arg_min(a.batch_id, a.resource_type || a.resource_id),
  arg_min(a.source, a.resource_type || a.resource_id),
  arg_min(a.source_line, a.resource_type || a.resource_id)
FROM event.address AS a
JOIN lineage.registry AS r ON r.resource_type = 'Address' AND a.address_key = r.resource_id
GROUP BY r.number, a.address_key

UNION ALL
SELECT 'care_site', r.number, 'Organization', o.resource_id, o.resource_version, 'care_site', o.batch_id, o.source, o.source_line
FROM fhir.organization AS o
JOIN lineage.registry AS r ON r.resource_type = 'Organization' AND o.resource_id = r.resource_id

UNION ALL
SELECT 'care_site', number, 'Location', resource_id, resource_version, 'care_site', batch_id, source, source_line
FROM event.ward

UNION ALL
SELECT 'provider', r.number, 'Practitioner', p.resource_id, p.resource_version, 'provider', p.batch_id, p.source, p.source_line
FROM fhir.practitioner AS p
JOIN lineage.registry AS r ON r.resource_type = 'Practitioner' AND p.resource_id = r.resource_id
