-- Sets DuckLake's option $2 to $3 for the whole lake $1.
CALL ducklake_set_option($1, $2, $3)
