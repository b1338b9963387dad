-- Copies the rows of vocab.dhd_term to the Parquet file $1.
COPY (FROM vocab.dhd_term) TO $1 (FORMAT parquet)
