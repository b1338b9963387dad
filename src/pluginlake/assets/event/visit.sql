-- One row an Encounter, with what its OMOP row needs; `exclusion` says why it gives none. One that is part of another
-- is a detail of the visit at the top: visit_id. Parts of each other have no top, so that each is a visit by itself. An
-- open stay ends, for now, on the day this version came in.
WITH RECURSIVE timed AS (
  SELECT
    *,
    status IN ('arrived', 'triaged', 'in-progress', 'onleave') AS is_open,
    class_code IN ('IMP', 'ACUTE', 'NONAC') AS is_stay,
    local_date(period_start) AS start_date,
    local_time(period_start) AS start_time,
    local_date(period_end) AS own_end_date,
    local_time(period_end) AS own_end_time
  FROM fhir.encounter
),

link AS (
  SELECT v.resource_id, whole.resource_id AS part_of_id
  FROM timed AS v
  LEFT JOIN timed AS whole
    ON v.part_of_id = whole.resource_id AND v.patient_id = whole.patient_id AND whole.start_date IS NOT NULL
    AND (whole.is_open OR whole.status = 'finished')
),

chain AS (
  SELECT resource_id, part_of_id, resource_id AS visit_id FROM link WHERE part_of_id IS NULL
  UNION ALL
  SELECT link.resource_id, link.part_of_id, chain.visit_id
  FROM chain
  JOIN link ON chain.resource_id = link.part_of_id
)

SELECT
  v.resource_id, v.resource_version, v.patient_id, v.batch_id, v.source, v.source_line,
  person.person_id,
  chain.part_of_id,
  coalesce(chain.visit_id, v.resource_id) AS visit_id,
  v.start_date,
  v.start_time,
  coalesce(v.own_end_date, CASE WHEN v.is_open AND v.is_stay THEN arrival_date(v.batch_id) END, v.start_date) AS end_date,
  coalesce(v.own_end_time, CASE WHEN v.own_end_date IS NULL AND NOT (v.is_open AND v.is_stay) THEN v.start_time END) AS end_time,
  CASE v.class_code
    WHEN 'IMP' THEN 9201
    WHEN 'ACUTE' THEN 9201
    WHEN 'NONAC' THEN CASE WHEN getvariable('mapping_profile') = 'fhir2omop' THEN 42898160 ELSE 9201 END
    WHEN 'AMB' THEN 9202
    WHEN 'EMER' THEN 9203
    WHEN 'OBSENC' THEN 262
    WHEN 'SS' THEN CASE WHEN getvariable('mapping_profile') = 'fhir2omop' THEN 8870 ELSE 9202 END
    WHEN 'HH' THEN 581476
    WHEN 'VR' THEN 722455
    WHEN 'FLD' THEN 38004193
    ELSE 0
  END AS concept_id,
  v.class_code AS source_value,
  provider.number AS provider_id,
  care_site.number AS care_site_id,
  CASE v.admit_source[1].code
    WHEN 'hosp-trans' THEN 38004515
    WHEN 'emd' THEN 8870
    WHEN 'outp' THEN 8756
    WHEN 'born' THEN 38004515
    WHEN 'gp' THEN 8940
    WHEN 'mp' THEN 8940
    WHEN 'nursing' THEN 8676
    WHEN 'psych' THEN 8971
    WHEN 'rehab' THEN 38004254
    ELSE 0
  END AS admitted_from_concept_id,
  v.admit_source[1].code AS admitted_from_source_value,
  CASE
    WHEN v.own_end_date IS NULL AND v.is_open AND v.is_stay THEN 32220
    ELSE CASE v.discharge_disposition[1].code
      WHEN 'home' THEN 8536
      WHEN 'alt-home' THEN 8536
      WHEN 'other-hcf' THEN 33007
      WHEN 'hosp' THEN 8546
      WHEN 'long' THEN 38004277
      WHEN 'aadvice' THEN 32216
      WHEN 'exp' THEN 32218
      WHEN 'psy' THEN 8971
      WHEN 'rehab' THEN 32266
      WHEN 'snf' THEN 8863
      ELSE 0
    END
  END AS discharged_to_concept_id,
  v.discharge_disposition[1].code AS discharged_to_source_value,
  coalesce(
    void_reason(v.status, v.has_modifier_extension),
    status_reason(v.status, ['arrived', 'triaged', 'in-progress', 'onleave', 'finished']),
    CASE
      WHEN person.person_id IS NULL THEN 'no_person'
      WHEN v.start_date IS NULL THEN 'no_date'
    END
  ) AS exclusion
FROM timed AS v
LEFT JOIN event.person AS person ON v.patient_id = person.patient_id
LEFT JOIN chain ON v.resource_id = chain.resource_id
LEFT JOIN event.provider AS provider ON coalesce(v.primary_performer_id, v.first_participant_id) = provider.resource_id
LEFT JOIN event.care_site AS care_site ON v.service_provider_id = care_site.resource_id
