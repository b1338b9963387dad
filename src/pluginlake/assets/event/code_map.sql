-- One row a code that the events at hand carry and the vocabularies know: its own concept and its targets in order. A
-- dictionary for the batch, so that the vocabularies are asked once a code and not once a row.
WITH code AS (
  SELECT DISTINCT system, code FROM event.code_use
)

SELECT
  code.system,
  code.code,
  any_value(target.vocabulary_id) AS vocabulary_id,
  any_value(target.source_concept_id) AS source_concept_id,
  list(
    {
      concept_id: target.target_concept_id,
      domain_id: target.target_domain_id,
      class_id: target.target_class_id,
      value_concept_id: target.value_concept_id,
      mapping_set_id: target.mapping_set_id
    }
    ORDER BY target.target_ordinal
  ) FILTER (WHERE target.target_concept_id IS NOT NULL) AS targets
FROM code
JOIN vocab.code_system AS system ON code.system = system.uri
JOIN vocab.code_target AS target
  ON system.vocabulary_id = target.vocabulary_id AND target.concept_code = normal_code(code.code, system.code_form)
GROUP BY ALL
