-- One row an organization that stands, with the number of its row in omop.care_site.
SELECT o.resource_id, r.number
FROM fhir.organization AS o
JOIN lineage.registry AS r ON r.resource_type = 'Organization' AND o.resource_id = r.resource_id
