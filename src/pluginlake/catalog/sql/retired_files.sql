-- One row a file that no snapshot needs any more and that waits to be removed. $1 = the data path.
SELECT CASE WHEN path_is_relative::BOOLEAN THEN $1 || path ELSE path END AS path
FROM ducklake_files_scheduled_for_deletion
