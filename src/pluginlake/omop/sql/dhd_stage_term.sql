-- One row a term of a thesaurus, as vocab.dhd_term has it. $1 = the Parquet file.
COPY (
  SELECT
    thesaurus,
    dhd_id,
    term_id,
    term,
    lower("language") AS "language",
    lower(term_type) AS term_type,
    snomed_id,
    coalesce(dhd_date("begin"), DATE '1970-01-01') AS valid_start_date,
    coalesce(dhd_date("end"), DATE '2099-12-31') AS valid_end_date
  FROM delivered_rows
  WHERE dhd_id IS NOT NULL AND term IS NOT NULL AND term_type IS NOT NULL
) TO $1 (FORMAT parquet)
