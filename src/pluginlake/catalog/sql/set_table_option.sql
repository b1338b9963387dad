-- Sets DuckLake's option $2 to $3 for the table $5 of schema $4 in the lake $1.
CALL ducklake_set_option($1, $2, $3, schema => $4, table_name => $5)
