-- One row: the highest id of any block; NULL if there is no block.
SELECT max(last_id) FROM vocab.local_block
