-- The vocabularies whose text everybody may read.
SELECT vocabulary_id
FROM vocab.vocabulary_licence
WHERE licence_class = 'open'
