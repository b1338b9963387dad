-- One row a block of the vocabulary $1 with ids that no code of its registry has yet: the first and the last of them.
-- Ids are given in order, so what is free of a block is its end.
SELECT
  greatest(block.first_id, coalesce(max(used.concept_id) + 1, block.first_id)) AS first_id,
  block.last_id
FROM vocab.local_block AS block
LEFT JOIN vocab.local_concept AS used ON used.concept_id BETWEEN block.first_id AND block.last_id
WHERE block.vocabulary_id = $1
GROUP BY block.first_id, block.last_id
HAVING greatest(block.first_id, coalesce(max(used.concept_id) + 1, block.first_id)) <= block.last_id
ORDER BY block.first_id
