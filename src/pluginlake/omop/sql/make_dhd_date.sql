-- Reads a date as DHD writes it, or as tools rewrite it; NULL if it is none.
CREATE OR REPLACE TEMP MACRO dhd_date(written) AS coalesce(
  try_strptime(written, '%Y%m%d'),
  try_strptime(written, '%Y-%m-%d'),
  try_strptime(written, '%d-%m-%Y')
)::DATE
