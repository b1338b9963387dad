-- Copies the rows of vocab.dhd_delivery to the Parquet file $1.
COPY (FROM vocab.dhd_delivery) TO $1 (FORMAT parquet)
