-- One row a DHD concept, or a thesaurus itself, that has no number yet.
SELECT
  wanted.vocabulary_id,
  wanted.concept_code
FROM (
  SELECT
    vocabulary_id,
    dhd_id AS concept_code
  FROM dhd_new_fact
  UNION
  SELECT
    'DHD-' || thesaurus AS vocabulary_id,
    '(vocabulary)' AS concept_code
  FROM dhd_delivery
) AS wanted
ANTI JOIN local_concept AS number
  ON wanted.vocabulary_id = number.vocabulary_id AND wanted.concept_code = number.concept_code
ORDER BY wanted.vocabulary_id, wanted.concept_code
