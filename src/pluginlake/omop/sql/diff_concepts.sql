-- One row a concept that is not the same at former_snapshot and at later_snapshot (both are replaced by numbers), and how it
-- differs: each kind of change is a column that is not NULL.
CREATE OR REPLACE TEMP TABLE diff_concept AS
WITH former_meaning AS (
  SELECT
    source_concept_id AS concept_id,
    list_sort(list(target_concept_id) FILTER (WHERE target_concept_id IS NOT NULL)) AS targets
  FROM vocab.code_target at (version => former_snapshot)
  WHERE source_concept_id > 0 AND NOT source_standard
  GROUP BY source_concept_id
),

later_meaning AS (
  SELECT
    source_concept_id AS concept_id,
    list_sort(list(target_concept_id) FILTER (WHERE target_concept_id IS NOT NULL)) AS targets
  FROM vocab.code_target at (version => later_snapshot)
  WHERE source_concept_id > 0 AND NOT source_standard
  GROUP BY source_concept_id
),

remapped AS (
  SELECT
    former.concept_id,
    array_to_string(former.targets, ' ') AS former_targets,
    array_to_string(later.targets, ' ') AS later_targets
  FROM former_meaning AS former
  INNER JOIN later_meaning AS later ON former.concept_id = later.concept_id
  WHERE former.targets IS DISTINCT FROM later.targets
),

compared AS (
  SELECT
    coalesce(later.concept_id, former.concept_id) AS concept_id,
    coalesce(later.vocabulary_id, former.vocabulary_id) AS vocabulary_id,
    coalesce(later.concept_code, former.concept_code) AS concept_code,
    former.concept_id IS NULL AS is_added,
    later.concept_id IS NULL AS is_removed,
    former.concept_name AS former_name,
    later.concept_name AS later_name,
    former.domain_id AS former_domain,
    later.domain_id AS later_domain,
    coalesce(former.standard_concept = 'S' AND former.invalid_reason IS NULL, false) AS former_standard,
    coalesce(later.standard_concept = 'S' AND later.invalid_reason IS NULL, false) AS later_standard
  FROM (SELECT * FROM vocab.concept at (version => former_snapshot)) AS former
  FULL JOIN (SELECT * FROM vocab.concept at (version => later_snapshot)) AS later ON former.concept_id = later.concept_id
)

SELECT
  compared.*,
  NOT compared.is_added AND NOT compared.is_removed
  AND compared.former_name IS DISTINCT FROM compared.later_name AS is_renamed,
  NOT compared.is_added AND NOT compared.is_removed
  AND compared.former_domain IS DISTINCT FROM compared.later_domain AS is_moved,
  NOT compared.is_removed AND compared.former_standard AND NOT compared.later_standard AS lost_standard,
  NOT compared.is_added AND NOT compared.former_standard AND compared.later_standard AS won_standard,
  remapped.concept_id IS NOT NULL AS is_remapped,
  remapped.former_targets,
  remapped.later_targets
FROM compared
LEFT JOIN remapped ON compared.concept_id = remapped.concept_id
WHERE
  compared.is_added
  OR compared.is_removed
  OR compared.former_name IS DISTINCT FROM compared.later_name
  OR compared.former_domain IS DISTINCT FROM compared.later_domain
  OR compared.former_standard <> compared.later_standard
  OR remapped.concept_id IS NOT NULL
