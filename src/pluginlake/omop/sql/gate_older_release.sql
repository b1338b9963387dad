-- One row: 1 if the release $1 is older than the loaded release $2, by the date in their names ("v5.0 29-FEB-24").
WITH release AS (
  SELECT
    try_strptime(regexp_extract($1, '\d\d-[A-Z]{3}-\d\d'), '%d-%b-%y') AS delivered_on,
    try_strptime(regexp_extract($2, '\d\d-[A-Z]{3}-\d\d'), '%d-%b-%y') AS loaded_on
)

SELECT
  coalesce(release.delivered_on < release.loaded_on, false)::BIGINT AS violations,
  $1 || ', loaded is ' || $2 AS examples
FROM release
