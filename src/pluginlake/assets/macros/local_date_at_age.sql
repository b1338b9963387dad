-- The day on which somebody born on `birth_date` (as FHIR writes it) has an age (UCUM a, mo, wk, d); NULL if the unit is
-- another or nobody gets that old.
CREATE MACRO local_date_at_age(birth_date, amount, unit) AS CASE
  WHEN days_of(amount, unit) NOT BETWEEN 0 AND 365 * 150 THEN NULL
  WHEN unit = 'a' THEN local_date(birth_date) + to_months(round(try_cast(amount AS DOUBLE) * 12)::INTEGER)
  WHEN unit = 'mo' THEN local_date(birth_date) + to_months(round(try_cast(amount AS DOUBLE))::INTEGER)
  ELSE local_date(birth_date) + to_days(floor(days_of(amount, unit))::INTEGER)
END::DATE
