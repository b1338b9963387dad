-- One row a practitioner who stands, with the number of their row in omop.provider.
SELECT p.resource_id, r.number
FROM fhir.practitioner AS p
JOIN lineage.registry AS r ON r.resource_type = 'Practitioner' AND p.resource_id = r.resource_id
