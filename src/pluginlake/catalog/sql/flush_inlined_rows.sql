-- One row: how many rows went from the catalog of the lake $1 to Parquet files.
SELECT coalesce(sum(flushed.rows_flushed), 0)::BIGINT FROM ducklake_flush_inlined_data($1) AS flushed
