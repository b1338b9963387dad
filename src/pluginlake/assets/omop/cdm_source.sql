-- One row: what this CDM is, and with which vocabularies it was made. Dates are of the newest data, not of today.
SELECT
  getvariable('station_name') AS cdm_source_name,
  left(getvariable('station_name'), 25) AS cdm_source_abbreviation,
  getvariable('station_name') AS cdm_holder,
  'FHIR R4 resources, converted with the profile ' || getvariable('mapping_profile') || ', time zone ' || getvariable('time_zone') AS source_description,
  NULL::VARCHAR AS source_documentation_reference,
  'pluginlake' AS cdm_etl_reference,
  arrival.day AS source_release_date,
  arrival.day AS cdm_release_date,
  '5.4' AS cdm_version,
  756265::BIGINT AS cdm_version_concept_id,
  coalesce((SELECT max(vocabulary_version) FROM vocab.vocabulary WHERE vocabulary_id = 'None'), 'none') AS vocabulary_version
FROM (SELECT arrival_date(max(batch_id)) AS day FROM fhir.resource HAVING count(*) > 0) AS arrival
