-- The station's calendar day at a FHIR date, dateTime or instant. Of a month or a year alone: its first day, which
-- is_partial() tells.
CREATE MACRO local_date(moment) AS CASE length(moment)
  WHEN 10 THEN try_cast(moment AS DATE)
  WHEN 7 THEN try_cast(moment || '-01' AS DATE)
  WHEN 4 THEN try_cast(moment || '-01-01' AS DATE)
  ELSE local_time(moment)::DATE
END
