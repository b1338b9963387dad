-- Gives the block from $2 to $3 to the vocabulary $1.
INSERT INTO vocab.local_block (vocabulary_id, first_id, last_id) VALUES ($1, $2, $3)
