-- One row: how many retired SNOMED concepts there are to follow.
SELECT count(*) FROM dhd_new_retired
