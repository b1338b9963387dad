-- Copies the rows of vocab.dhd_concept to the Parquet file $1.
COPY (FROM vocab.dhd_concept) TO $1 (FORMAT parquet)
