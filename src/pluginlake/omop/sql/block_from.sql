-- One row: the first id of the lowest block that has ids from $1 to $2; NULL if there is none.
SELECT min(first_id) FROM vocab.local_block WHERE first_id <= $2 AND last_id >= $1
