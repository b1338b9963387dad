-- One row: true if there are retired files and all of them were retired before $1 (TIMESTAMPTZ).
-- Asked here and not by DuckLake's older_than, which on SQLite takes every file for old (1.5.5).
SELECT coalesce(max(files.schedule_start::TIMESTAMPTZ) < $1, false)::INTEGER
FROM ducklake_files_scheduled_for_deletion AS files
