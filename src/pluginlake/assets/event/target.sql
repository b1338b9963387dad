-- One row an event and a standard concept it means, or one with concept 0 if there is none: the table follows the
-- concept's domain. `part` names the row within its resource for good (lineage.row_source).
WITH meant AS (
  SELECT
    chosen.* EXCLUDE (targets),
    unnest(coalesce(chosen.targets, [NULL])) AS target,
    generate_subscripts(coalesce(chosen.targets, [NULL]), 1) AS target_ordinal
  FROM event.chosen
),

routed AS (
  SELECT
    meant.* EXCLUDE (target),
    e.person_id,
    e.patient_id,
    e.resource_version,
    e.batch_id,
    e.source,
    e.source_line,
    e.fallback_table,
    -- A plain substance is what someone is allergic to, not the allergy. A code that nobody knows may be anything, "no known
    -- allergies" too.
    e.substance_concept_id IS NOT NULL AND coalesce(meant.target.domain_id NOT IN ('Observation', 'Condition'), FALSE) AS is_substance,
    e.substance_concept_id,
    e.doubt,
    coalesce(meant.target.concept_id, 0) AS target_concept_id,
    meant.target.domain_id,
    meant.target.value_concept_id,
    meant.target.mapping_set_id
  FROM meant
  JOIN event.event AS e USING (resource_type, resource_id, element, element_index)
)

SELECT
  * EXCLUDE (is_substance, substance_concept_id, target_concept_id, value_concept_id),
  CASE WHEN is_substance THEN substance_concept_id ELSE target_concept_id END AS concept_id,
  CASE WHEN is_substance THEN target_concept_id ELSE value_concept_id END AS value_concept_id,
  CASE
    WHEN is_substance OR doubt IS NOT NULL THEN 'observation'
    WHEN domain_id IS NULL THEN fallback_table
    -- Of a domain in two parts (Meas/Procedure) the first counts; Meas Value and the like are no events and have no table.
    WHEN split_part(domain_id, '/', 1) = 'Condition' THEN 'condition_occurrence'
    WHEN split_part(domain_id, '/', 1) = 'Drug' THEN 'drug_exposure'
    WHEN split_part(domain_id, '/', 1) = 'Procedure' THEN 'procedure_occurrence'
    WHEN split_part(domain_id, '/', 1) = 'Device' THEN 'device_exposure'
    WHEN split_part(domain_id, '/', 1) IN ('Measurement', 'Meas') THEN 'measurement'
    WHEN split_part(domain_id, '/', 1) = 'Specimen' THEN 'specimen'
    ELSE 'observation'
  END AS omop_table,
  concat_ws(' ', element, coalesce(system, '') || '|' || code, equal_ordinal, target_ordinal) AS part
FROM routed
