-- Registers the numbers of codes of the vocabulary $1. $2 = a line a code: number, tab, code.
INSERT INTO vocab.local_concept (vocabulary_id, concept_code, concept_id)
SELECT
  $1 AS vocabulary_id,
  split_part(line, chr(9), 2) AS concept_code,
  split_part(line, chr(9), 1)::BIGINT AS concept_id
FROM (SELECT unnest(string_split(rtrim($2, chr(10)), chr(10))) AS line)
