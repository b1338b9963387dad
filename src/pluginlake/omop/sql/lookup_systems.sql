-- One row a name of a code system: its URIs, and the names of the vocabularies themselves.
SELECT
  uri,
  vocabulary_id,
  code_form = 'undotted' AS is_undotted
FROM vocab.code_system
UNION ALL
SELECT DISTINCT
  code.vocabulary_id AS uri,
  code.vocabulary_id,
  coalesce(system.is_undotted, false) AS is_undotted
FROM (SELECT DISTINCT vocabulary_id FROM vocab.code_target) AS code
LEFT JOIN (
  SELECT
    vocabulary_id,
    bool_or(code_form = 'undotted') AS is_undotted
  FROM vocab.code_system
  GROUP BY vocabulary_id
) AS system ON code.vocabulary_id = system.vocabulary_id
