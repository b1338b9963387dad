-- One row: how many vocabularies that the station needs have no valid concept, and which. Needed is what the setting
-- $1 lists (separated by commas), and what the station's data use, as far as Athena has it.
WITH needed AS (
  SELECT trim(unnest(string_split($1, ','))) AS vocabulary_id
  UNION
  SELECT used.vocabulary_id
  FROM used_vocabulary AS used
  SEMI JOIN bundle_vocabulary AS known ON used.vocabulary_id = known.vocabulary_id
),

missing AS (
  SELECT needed.vocabulary_id
  FROM needed
  ANTI JOIN (SELECT DISTINCT vocabulary_id FROM bundle_concept WHERE invalid_reason IS NULL) AS delivered
    ON needed.vocabulary_id = delivered.vocabulary_id
  WHERE needed.vocabulary_id <> ''
)

SELECT
  count(*) AS violations,
  string_agg(vocabulary_id, chr(10) ORDER BY vocabulary_id) AS examples
FROM missing
