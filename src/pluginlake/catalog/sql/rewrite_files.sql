-- One row: how many files of the lake $1 were written anew without their deleted rows ($2 = share of those).
SELECT coalesce(sum(rewritten.files_processed), 0)::BIGINT
FROM ducklake_rewrite_data_files($1, delete_threshold => $2) AS rewritten
