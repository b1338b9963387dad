-- Adds the names and maps of the DHD thesauri to those that go: they come anew.
INSERT INTO temp.replaced_key
SELECT
  'vocabulary' AS table_name,
  unnest(['DHD-DT', 'DHD-VT']) AS key
UNION ALL
SELECT
  'concept_class' AS table_name,
  unnest(['DHD Diagnose', 'DHD Verrichting']) AS key
UNION ALL
SELECT DISTINCT
  'source_to_concept_map' AS table_name,
  source_vocabulary_id || chr(9) || source_code AS key
FROM vocab.source_to_concept_map
WHERE source_vocabulary_id IN ('DHD-DT', 'DHD-VT')
