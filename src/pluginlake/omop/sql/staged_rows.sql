-- One row: the rows of the Parquet file $1, by its footer.
SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata($1)
