-- One row: how many vocabularies need a licence that the station does not say it has, and which. $1 = those it has,
-- separated by commas.
SELECT
  count(*) AS violations,
  string_agg(delivered.vocabulary_id || ': ' || licence.terms, chr(10) ORDER BY delivered.vocabulary_id) AS examples
FROM (SELECT DISTINCT vocabulary_id FROM bundle_concept) AS delivered
INNER JOIN vocabulary_licence AS licence ON delivered.vocabulary_id = licence.vocabulary_id
ANTI JOIN (SELECT trim(unnest(string_split($1, ','))) AS vocabulary_id) AS held
  ON delivered.vocabulary_id = held.vocabulary_id
WHERE licence.licence_class = 'licensed'
