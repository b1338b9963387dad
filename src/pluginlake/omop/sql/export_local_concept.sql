-- Copies the rows of vocab.local_concept to the Parquet file $1.
COPY (FROM vocab.local_concept) TO $1 (FORMAT parquet)
