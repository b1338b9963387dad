-- A duration in days: UCUM a, mo, wk, d, h. NULL if the unit is another.
CREATE MACRO days_of(amount, unit) AS try_cast(amount AS DOUBLE) * CASE unit
  WHEN 'd' THEN 1
  WHEN 'wk' THEN 7
  WHEN 'mo' THEN 30
  WHEN 'a' THEN 365
  WHEN 'h' THEN 1 / 24.0
END
