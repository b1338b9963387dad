-- One row: the names of the local vocabularies that the bundle brings.
SELECT string_agg(DISTINCT vocabulary_id, ', ' ORDER BY vocabulary_id) FROM bundle_concept WHERE concept_id >= 2000000000
