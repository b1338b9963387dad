-- One row a change of a concept, those that the data use most first; at most $1.
WITH change AS (
  SELECT 'removed' AS kind, concept_id, vocabulary_id, concept_code, former_name AS former, NULL AS later
  FROM diff_concept WHERE is_removed
  UNION ALL
  SELECT 'standard_lost', concept_id, vocabulary_id, concept_code, former_name, later_name
  FROM diff_concept WHERE lost_standard
  UNION ALL
  SELECT 'remapped', concept_id, vocabulary_id, concept_code, former_targets, later_targets
  FROM diff_concept WHERE is_remapped
  UNION ALL
  SELECT 'moved', concept_id, vocabulary_id, concept_code, former_domain, later_domain
  FROM diff_concept WHERE is_moved
  UNION ALL
  SELECT 'renamed', concept_id, vocabulary_id, concept_code, former_name, later_name
  FROM diff_concept WHERE is_renamed
  UNION ALL
  SELECT 'standard_won', concept_id, vocabulary_id, concept_code, former_name, later_name
  FROM diff_concept WHERE won_standard
  UNION ALL
  SELECT 'added', concept_id, vocabulary_id, concept_code, NULL, later_name
  FROM diff_concept WHERE is_added
)

SELECT
  change.kind,
  change.concept_id,
  change.vocabulary_id,
  change.concept_code,
  change.former,
  change.later,
  coalesce(used.row_count, 0) AS used
FROM change
LEFT JOIN diff_used AS used ON change.concept_id = used.concept_id
ORDER BY
  used DESC,
  list_position(
    ['removed', 'standard_lost', 'remapped', 'moved', 'renamed', 'standard_won', 'added'], change.kind
  ) ASC,
  change.concept_id ASC
LIMIT $1
