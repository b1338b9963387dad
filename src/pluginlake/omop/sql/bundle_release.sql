-- One row: the release that the bundle says it is. Athena keeps it with the vocabulary None.
SELECT vocabulary_version FROM bundle_vocabulary WHERE vocabulary_id = 'None'
