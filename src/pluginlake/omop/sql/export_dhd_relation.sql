-- Copies the rows of vocab.dhd_relation to the Parquet file $1.
COPY (FROM vocab.dhd_relation) TO $1 (FORMAT parquet)
