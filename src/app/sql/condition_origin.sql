-- One row: a condition of OMOP that has a standard concept, and the resource, file and line it comes from.
SELECT
  conditions.condition_occurrence_id AS row_id,
  concepts.concept_name AS concept,
  sources.resource_type || '/' || sources.resource_id AS reference,
  sources.resource_version AS version,
  sources.part,
  resources.source,
  resources.source_line
FROM omop.condition_occurrence AS conditions
JOIN omop.concept AS concepts ON conditions.condition_concept_id = concepts.concept_id
JOIN lineage.row_source AS sources
  ON
    sources.omop_table = 'condition_occurrence' AND conditions.condition_occurrence_id = sources.row_id
    AND sources.retired_run_id IS NULL
JOIN raw.fhir_resource AS resources
  ON
    sources.resource_type = resources.resource_type AND sources.resource_id = resources.resource_id
    AND sources.resource_version = resources.version
WHERE conditions.condition_concept_id <> 0
ORDER BY conditions.condition_occurrence_id
LIMIT 1
