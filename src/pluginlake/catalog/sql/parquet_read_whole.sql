-- One row: how many rows the Parquet file $1 really has, every value of every column read on the way.
SELECT count(rows.digest)
FROM (SELECT hash(file) AS digest FROM read_parquet($1) AS file) AS rows
WHERE rows.digest IS NOT NULL
