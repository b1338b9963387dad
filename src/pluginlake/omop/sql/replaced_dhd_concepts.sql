-- Adds the concepts of the DHD thesauri to those that go: they come anew.
INSERT INTO temp.replaced_concept
SELECT number.concept_id
FROM vocab.local_concept AS number
WHERE number.vocabulary_id IN ('DHD-DT', 'DHD-VT')
