-- One row a concept, the best first (valid, standard, with a short name), with all that it is found by.
SELECT
  concept.concept_id,
  concept.concept_name,
  concept.vocabulary_id,
  concept.concept_code,
  concept.domain_id,
  concept.concept_class_id,
  coalesce(concept.standard_concept = 'S', false) AS is_standard,
  concept.invalid_reason,
  concat_ws(' ', concept.concept_name, other.names) AS found_by
FROM vocab.concept AS concept
LEFT JOIN (
  SELECT
    concept_id,
    string_agg(concept_synonym_name, ' ') AS names
  FROM vocab.concept_synonym
  GROUP BY concept_id
) AS other ON concept.concept_id = other.concept_id
ORDER BY
  concept.invalid_reason IS NOT NULL,
  concept.standard_concept IS DISTINCT FROM 'S',
  length(concept.concept_name),
  concept.concept_id
