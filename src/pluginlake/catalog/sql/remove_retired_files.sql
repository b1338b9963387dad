-- One row: how many retired files of the lake $1 were removed.
SELECT count(*) FROM ducklake_cleanup_old_files($1, cleanup_all => true)
