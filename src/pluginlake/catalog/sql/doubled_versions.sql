-- One row a resource type: how many resource versions stand more than once in raw.fhir_resource.
WITH
doubled AS (
  SELECT resources.resource_type
  FROM raw.fhir_resource AS resources
  GROUP BY resources.resource_type, resources.resource_id, resources.version
  HAVING count(*) > 1
)

SELECT doubled.resource_type, count(*)::VARCHAR
FROM doubled
GROUP BY doubled.resource_type
ORDER BY doubled.resource_type
