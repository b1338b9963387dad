-- The station's wall clock at a FHIR dateTime or instant; NULL if it has no time of day, or is none. One zone for the
-- whole station: the setting mapping.time_zone. A time without offset (against FHIR) is taken for that of the zone. The form
-- is checked first: the engine would take years of six digits, and offsets of days.
CREATE MACRO local_time(moment) AS CASE
  WHEN length(moment) <= 10 THEN NULL
  WHEN regexp_full_match(
      moment,
      '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)'
    )
    THEN timezone(getvariable('time_zone'), try_cast(moment AS TIMESTAMP WITH TIME ZONE))
  WHEN regexp_full_match(moment, '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?')
    THEN try_cast(moment AS TIMESTAMP)
END
