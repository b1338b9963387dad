-- Makes the Parquet file $3 a data file of the table $2 of schema $4 in the lake $1; from then on it is DuckLake's own.
CALL ducklake_add_data_files($1, $2, $3, schema => $4)
