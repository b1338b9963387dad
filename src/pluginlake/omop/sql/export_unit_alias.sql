-- Copies the station's spellings of units to the Parquet file $1.
COPY (FROM vocab.unit_alias) TO $1 (FORMAT parquet)
