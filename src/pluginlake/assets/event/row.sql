-- One row a row of OMOP that leads back to a resource, with the part of the resource it is made from. given_id: the row
-- has the number of its person or thing; else it gets one of its person's event numbers (lineage.row_source).
-- mapping_set_id: the local map that gave it its concept.
SELECT
  omop_table, person_id, NULL::BIGINT AS given_id, resource_type, resource_id, resource_version, part, mapping_set_id,
  batch_id, source, source_line
FROM event.target

UNION ALL
SELECT 'visit_occurrence', person_id, NULL, 'Encounter', resource_id, resource_version, 'visit_occurrence', NULL, batch_id, source, source_line
FROM event.visit
WHERE exclusion IS NULL AND part_of_id IS NULL

UNION ALL
SELECT 'visit_detail', person_id, NULL, 'Encounter', resource_id, resource_version, part, NULL, batch_id, source, source_line
FROM event.visit_stay

UNION ALL
SELECT 'payer_plan_period', person_id, NULL, resource_type, resource_id, resource_version, 'payer_plan_period', NULL, batch_id, source, source_line
FROM event.insured
WHERE exclusion IS NULL

UNION ALL
SELECT 'person', person_id, person_id, 'Patient', patient_id, resource_version, 'person', NULL, batch_id, source, source_line
FROM event.person

UNION ALL
SELECT 'death', person_id, person_id, 'Patient', patient_id, resource_version, 'death', NULL, batch_id, source, source_line
FROM event.death

UNION ALL
SELECT 'observation_period', person.person_id, NULL, 'Patient', person.patient_id, person.resource_version, 'observation_period', NULL,
  person.batch_id, person.source, person.source_line
FROM event.person AS person
SEMI JOIN event.period AS period ON person.person_id = period.person_id

UNION ALL
SELECT omop_table, NULL, row_id, resource_type, resource_id, resource_version, part, NULL, batch_id, source, source_line
FROM event.master
