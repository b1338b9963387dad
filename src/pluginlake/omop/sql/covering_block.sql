-- One row: how many blocks of the vocabulary $1 hold all ids from $2 to $3.
SELECT count(*) FROM vocab.local_block WHERE vocabulary_id = $1 AND first_id <= $2 AND last_id >= $3
