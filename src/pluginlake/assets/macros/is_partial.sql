-- Says whether a FHIR date or dateTime names a month or a year only.
CREATE MACRO is_partial(moment) AS length(moment) < 10
