-- One row: how many concepts have no name, and of which vocabularies.
SELECT
  count(*) AS violations,
  string_agg(DISTINCT vocabulary_id, chr(10) ORDER BY vocabulary_id) AS examples
FROM bundle_concept
WHERE concept_name IS NULL
