-- Copies the station's code systems to the Parquet file $1.
COPY (FROM vocab.code_system) TO $1 (FORMAT parquet)
