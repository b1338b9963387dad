-- Gives the open transaction's snapshot its author $2, message $3 and extra information $4 (JSON) in the lake $1.
CALL ducklake_set_commit_message($1, $2, $3, extra_info => $4)
