-- One row a name of a DHD concept besides its preferred one.
CREATE OR REPLACE TEMP TABLE dhd_new_synonym AS
SELECT DISTINCT
  concept.concept_id,
  term.term AS concept_synonym_name,
  CASE WHEN coalesce(term."language", 'nl') LIKE 'e%' THEN 4180186 ELSE 4182503 END::BIGINT AS language_concept_id
FROM dhd_term AS term
INNER JOIN dhd_delivery AS delivery ON term.thesaurus = delivery.thesaurus
INNER JOIN dhd_new_concept AS concept
  ON concept.vocabulary_id = 'DHD-' || term.thesaurus AND term.dhd_id = concept.concept_code
WHERE term.valid_start_date <= delivery.as_of AND term.term <> concept.concept_name
