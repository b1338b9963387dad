-- One row: how many rows the footer of the Parquet file $1 promises.
SELECT files.num_rows::BIGINT FROM parquet_file_metadata($1) AS files
