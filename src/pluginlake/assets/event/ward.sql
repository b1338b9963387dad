-- One row a place that is a unit of care: a Location whose physical form is a ward or a wing.
SELECT l.resource_id, r.number, l.resource_version, l.batch_id, l.source, l.source_line, l.name, l.managing_organization_id
FROM fhir.location AS l
JOIN lineage.registry AS r ON r.resource_type = 'Location' AND l.resource_id = r.resource_id
WHERE list_has_any(list_transform(l.physical_type, x -> x.code), ['wa', 'wi'])
