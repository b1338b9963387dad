-- The station's wall clock at a FHIR dateTime or instant; NULL if it has no time of day, or is none. One zone for the
-- whole station: the setting mapping.time_zone.
CREATE MACRO local_time(moment) AS CASE
  WHEN length(moment) <= 10 THEN NULL
  WHEN regexp_matches(moment, '(Z|[+-][0-9]{2}:[0-9]{2})$')
    THEN timezone(getvariable('time_zone'), try_cast(moment AS TIMESTAMP WITH TIME ZONE))
  ELSE try_cast(moment AS TIMESTAMP)
END
