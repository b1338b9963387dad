-- One row: how many delivered rows have a date that cannot be read, or no concept.
SELECT count(*)
FROM delivered_rows AS delivered
WHERE
  (delivered."begin" IS NOT NULL AND dhd_date(delivered."begin") IS NULL)
  OR (delivered."end" IS NOT NULL AND dhd_date(delivered."end") IS NULL)
