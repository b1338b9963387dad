-- One row a block of ids that the vocabulary $1 owns.
SELECT
  first_id,
  last_id
FROM vocab.local_block
WHERE vocabulary_id = $1
ORDER BY first_id
