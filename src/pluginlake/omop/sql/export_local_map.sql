-- Copies the rows of vocab.local_map to the Parquet file $1.
COPY (FROM vocab.local_map) TO $1 (FORMAT parquet)
