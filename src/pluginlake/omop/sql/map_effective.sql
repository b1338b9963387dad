-- One row: how many codes mean what the set $1 says.
SELECT count(DISTINCT vocabulary_id || chr(9) || concept_code) FROM station_map WHERE mapping_set_id = $1
