-- One row a loaded thesaurus, as vocabulary has it.
CREATE OR REPLACE TEMP TABLE dhd_new_vocabulary AS
SELECT
  concept.concept_code AS vocabulary_id,
  concept.concept_name AS vocabulary_name,
  'DHD, ' || concept.concept_name AS vocabulary_reference,
  delivery.version AS vocabulary_version,
  concept.concept_id AS vocabulary_concept_id
FROM dhd_new_concept AS concept
INNER JOIN dhd_delivery AS delivery ON concept.concept_code = 'DHD-' || delivery.thesaurus
WHERE concept.vocabulary_id = 'Vocabulary'
