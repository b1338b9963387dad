-- One row a patient, resource type, class and reason: how many resources that stand are in exactly that class. Every
-- resource is in one; `lost` is a fault of ours, and the check on this table refuses it.
-- A location made from an address is no row of the patient.
WITH row_giving AS (
  SELECT DISTINCT resource_type, resource_id FROM lineage.row_source WHERE retired_run_id IS NULL AND part NOT LIKE 'address %'
),

reason AS (
  SELECT
    resource_type,
    resource_id,
    -- of several reasons the one that weighs most: a panel merges into its parts only if nothing else keeps it out
    min(reason_code) FILTER (WHERE reason_code NOT IN ('panel', 'no_person')) AS excluded,
    bool_or(reason_code = 'no_person') AS no_person,
    bool_or(reason_code = 'panel') AS panel
  FROM quality.exclusion
  GROUP BY ALL
),

design AS (
  SELECT resource_type, class
  FROM (
    VALUES
    ('Patient', 'row'), ('Encounter', 'row'), ('Condition', 'row'), ('Observation', 'row'), ('Procedure', 'row'),
    ('MedicationRequest', 'row'), ('MedicationAdministration', 'row'), ('MedicationStatement', 'row'), ('MedicationDispense', 'row'), ('Specimen', 'row'), ('Coverage', 'row'),
    ('Immunization', 'row'), ('AllergyIntolerance', 'row'),
    ('Device', 'row'), ('DeviceUseStatement', 'row'), ('Practitioner', 'row'), ('Organization', 'row'), ('Location', 'row'),
    ('Medication', 'merged'), ('PractitionerRole', 'merged')
  ) AS known (resource_type, class)
)

SELECT
  r.patient_id,
  r.resource_type,
  CASE
    WHEN g.resource_id IS NOT NULL THEN 'gave_rows'
    WHEN reason.excluded IS NOT NULL THEN 'excluded'
    WHEN reason.no_person THEN 'no_person'
    WHEN reason.panel OR design.class = 'merged' THEN 'merged'
    WHEN design.class IS NULL THEN 'no_target'
    ELSE 'lost'
  END AS class,
  CASE
    WHEN g.resource_id IS NOT NULL THEN NULL
    WHEN reason.excluded IS NOT NULL THEN reason.excluded
    WHEN reason.no_person THEN 'no_person'
    WHEN reason.panel THEN 'panel'
    WHEN design.class = 'merged' THEN 'looked_up'
  END AS reason_code,
  count(*) AS resources
FROM fhir.resource AS r
LEFT JOIN row_giving AS g ON r.resource_type = g.resource_type AND r.resource_id = g.resource_id
LEFT JOIN reason ON r.resource_type = reason.resource_type AND r.resource_id = reason.resource_id
LEFT JOIN design ON r.resource_type = design.resource_type
GROUP BY ALL
