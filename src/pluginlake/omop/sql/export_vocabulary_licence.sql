-- Copies the rows of vocab.vocabulary_licence to the Parquet file $1.
COPY (FROM vocab.vocabulary_licence) TO $1 (FORMAT parquet)
