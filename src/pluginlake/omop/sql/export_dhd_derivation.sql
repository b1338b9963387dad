-- Copies the rows of vocab.dhd_derivation to the Parquet file $1.
COPY (FROM vocab.dhd_derivation) TO $1 (FORMAT parquet)
