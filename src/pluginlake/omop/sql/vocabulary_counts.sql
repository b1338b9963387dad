-- One row a vocabulary that has concepts: how many, how many standard and valid, how many invalid.
SELECT
  concept.vocabulary_id,
  any_value(vocabulary.vocabulary_version) AS vocabulary_version,
  count(*) AS concepts,
  count(*) FILTER (WHERE concept.standard_concept = 'S' AND concept.invalid_reason IS NULL) AS standard,
  count(*) FILTER (WHERE concept.invalid_reason IS NOT NULL) AS invalid
FROM vocab.concept AS concept
LEFT JOIN vocab.vocabulary AS vocabulary ON concept.vocabulary_id = vocabulary.vocabulary_id
GROUP BY concept.vocabulary_id
ORDER BY concepts DESC, concept.vocabulary_id
