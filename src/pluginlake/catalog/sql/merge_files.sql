-- One row: how many small files of the lake $1 were put together.
SELECT coalesce(sum(merged.files_processed), 0)::BIGINT FROM ducklake_merge_adjacent_files($1) AS merged
