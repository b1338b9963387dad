-- One row: how many rows of dated_table end before they begin. The name is replaced by each table with dates.
SELECT
  count(*) AS violations,
  NULL::VARCHAR AS examples
FROM dated_table
WHERE valid_start_date > valid_end_date
