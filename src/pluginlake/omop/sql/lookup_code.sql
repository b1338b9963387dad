-- One row a meaning of the code $2 of the system $1 (a URI, or a vocabulary's own name). Nothing if the system or the
-- code is not known.
WITH system AS (
  SELECT DISTINCT
    vocabulary_id,
    code_form
  FROM vocab.code_system
  WHERE uri = $1 OR vocabulary_id = $1
  UNION ALL
  SELECT
    vocabulary_id,
    'plain' AS code_form
  FROM vocab.vocabulary
  WHERE vocabulary_id = $1 AND vocabulary_id NOT IN (SELECT known.vocabulary_id FROM vocab.code_system AS known)
)

SELECT
  system.vocabulary_id,
  target.concept_code,
  target.source_concept_id,
  source.concept_name AS source_name,
  target.source_domain_id,
  source.concept_class_id AS source_class_id,
  target.source_standard,
  source.invalid_reason AS source_invalid_reason,
  target.target_concept_id,
  meaning.concept_name AS target_name,
  meaning.vocabulary_id AS target_vocabulary_id,
  meaning.concept_code AS target_code,
  target.target_domain_id,
  target.target_class_id,
  target.value_concept_id,
  value_meaning.concept_name AS value_name,
  target.target_ordinal,
  target.mapping_set_id
FROM system
INNER JOIN vocab.code_target AS target ON system.vocabulary_id = target.vocabulary_id
LEFT JOIN vocab.concept AS source ON target.source_concept_id = source.concept_id AND target.source_concept_id <> 0
LEFT JOIN vocab.concept AS meaning ON target.target_concept_id = meaning.concept_id
LEFT JOIN vocab.concept AS value_meaning ON target.value_concept_id = value_meaning.concept_id
WHERE
  target.concept_code = CASE system.code_form
    WHEN 'undotted' THEN rtrim(upper(replace(trim($2), '.', '')), '†*+!')
    ELSE trim($2)
  END
ORDER BY target.target_ordinal
