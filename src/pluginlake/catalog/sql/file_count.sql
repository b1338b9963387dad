-- One row: how many data files the newest snapshot has.
SELECT count(*) FROM ducklake_data_file AS files WHERE files.end_snapshot IS NULL
