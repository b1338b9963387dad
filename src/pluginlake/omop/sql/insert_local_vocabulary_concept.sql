-- Makes the concept that stands for the station's own vocabulary $1; it has a number by now.
INSERT INTO concept
SELECT
  number.concept_id,
  $1 AS concept_name,
  'Metadata' AS domain_id,
  'Vocabulary' AS vocabulary_id,
  'Vocabulary' AS concept_class_id,
  NULL AS standard_concept,
  $1 AS concept_code,
  DATE '1970-01-01' AS valid_start_date,
  DATE '2099-12-31' AS valid_end_date,
  NULL AS invalid_reason
FROM local_concept AS number
WHERE number.vocabulary_id = $1 AND number.concept_code = '(vocabulary)'
