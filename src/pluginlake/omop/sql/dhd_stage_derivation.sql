-- One row a derived code without an order, as vocab.dhd_derivation has it. $1 = the Parquet file.
COPY (
  SELECT
    thesaurus,
    dhd_id,
    fixed_system AS system,
    code,
    NULL::VARCHAR AS specialism,
    NULL::INTEGER AS ordinal,
    coalesce(dhd_date("begin"), DATE '1970-01-01') AS valid_start_date,
    coalesce(dhd_date("end"), DATE '2099-12-31') AS valid_end_date,
    delivered
  FROM delivered_rows
  WHERE dhd_id IS NOT NULL
) TO $1 (FORMAT parquet)
