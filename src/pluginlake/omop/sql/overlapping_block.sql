-- One row a block of another vocabulary than $1 that has ids from $2 to $3.
SELECT
  vocabulary_id,
  first_id,
  last_id
FROM vocab.local_block
WHERE vocabulary_id <> $1 AND first_id <= $3 AND last_id >= $2
ORDER BY first_id
