-- Names the station's own vocabulary $1.
INSERT INTO vocabulary
SELECT
  $1 AS vocabulary_id,
  $1 AS vocabulary_name,
  'local' AS vocabulary_reference,
  NULL AS vocabulary_version,
  number.concept_id AS vocabulary_concept_id
FROM local_concept AS number
WHERE number.vocabulary_id = $1 AND number.concept_code = '(vocabulary)'
