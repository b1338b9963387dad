-- One row a relation of two concepts, as vocab.dhd_relation has it. $1 = the Parquet file.
COPY (
  SELECT
    thesaurus,
    dhd_id_1,
    dhd_id_2,
    lower(relation_type) AS relation_type,
    coalesce(dhd_date("begin"), DATE '1970-01-01') AS valid_start_date,
    coalesce(dhd_date("end"), DATE '2099-12-31') AS valid_end_date
  FROM delivered_rows
  WHERE dhd_id_1 IS NOT NULL AND dhd_id_2 IS NOT NULL AND relation_type IS NOT NULL
) TO $1 (FORMAT parquet)
