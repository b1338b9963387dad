-- A duration in whole days; NULL if it is longer than a life, which no supply is, and which no date could bear.
CREATE MACRO whole_days(amount, unit) AS CASE
  WHEN days_of(amount, unit) BETWEEN -365 * 150 AND 365 * 150 THEN days_of(amount, unit)::INTEGER
END
