-- One row a line of the map: the vocabulary and code it is about, and what it names as target: a concept's number, or a
-- vocabulary and a code. $1 = the vocabulary of all codes, when the command line says it; $2 = its system.
CREATE OR REPLACE TABLE map_named AS
WITH split AS (
  SELECT
    delivered.*,
    CASE
      WHEN delivered.source_vocabulary IS NOT NULL THEN delivered.source_vocabulary
      WHEN delivered.source_system IS NOT NULL THEN coalesce(
        CASE WHEN delivered.source_system = $2 THEN nullif($1, '') END, named_system.vocabulary_id
      )
      WHEN $1 <> '' THEN $1
      WHEN contains(delivered.source_code, ':') THEN coalesce(
        source_prefix.vocabulary_id, system.vocabulary_id
      )
    END AS source_vocabulary_id,
    CASE
      WHEN
        delivered.source_vocabulary IS NULL AND delivered.source_system IS NULL
        AND contains(delivered.source_code, ':')
        THEN regexp_replace(delivered.source_code, '^[^:]*:', '')
      ELSE delivered.source_code
    END AS plain_code,
    lower(split_part(delivered.target, ':', 1)) AS target_prefix,
    CASE WHEN contains(delivered.target, ':') THEN regexp_replace(delivered.target, '^[^:]*:', '') END AS target_code
  FROM map_delivered AS delivered
  LEFT JOIN map_prefix_known AS source_prefix
    ON lower(split_part(delivered.source_code, ':', 1)) = source_prefix.prefix
  LEFT JOIN (SELECT DISTINCT vocabulary_id FROM code_system) AS system
    ON lower(split_part(delivered.source_code, ':', 1)) = lower(system.vocabulary_id)
  LEFT JOIN code_system AS named_system ON delivered.source_system = named_system.uri
)

SELECT
  split.line,
  split.source_vocabulary_id,
  split.plain_code AS source_code,
  normal_code(split.plain_code, undotted.vocabulary_id IS NOT NULL) AS concept_code,
  split.source_name,
  regexp_replace(split.predicate, '^[^:]*:', '') AS predicate,
  split.author,
  try_cast(split.confidence AS DOUBLE) AS confidence,
  split.target,
  CASE
    WHEN split.target_code IS NULL THEN try_cast(split.target AS BIGINT)
    WHEN target_prefix.vocabulary_id = '(concept)' THEN try_cast(split.target_code AS BIGINT)
  END AS target_concept_id,
  nullif(target_prefix.vocabulary_id, '(concept)') AS target_vocabulary_id,
  normal_code(split.target_code, target_undotted.vocabulary_id IS NOT NULL) AS target_code
FROM split
LEFT JOIN map_prefix_known AS target_prefix ON split.target_prefix = target_prefix.prefix
LEFT JOIN (SELECT DISTINCT vocabulary_id FROM code_system WHERE code_form = 'undotted') AS undotted
  ON split.source_vocabulary_id = undotted.vocabulary_id
LEFT JOIN (SELECT DISTINCT vocabulary_id FROM code_system WHERE code_form = 'undotted') AS target_undotted
  ON target_prefix.vocabulary_id = target_undotted.vocabulary_id
