-- One row: 1 if the vocabulary $1 is in neither vocabulary nor the registry of local numbers.
SELECT (count(*) = 0)::BIGINT
FROM (
  SELECT vocabulary_id FROM vocabulary WHERE vocabulary_id = $1
  UNION ALL
  SELECT vocabulary_id FROM local_concept WHERE vocabulary_id = $1 AND concept_code = '(vocabulary)'
)
