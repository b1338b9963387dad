-- Copies the rows of vocab.mapping_set to the Parquet file $1.
COPY (FROM vocab.mapping_set) TO $1 (FORMAT parquet)
