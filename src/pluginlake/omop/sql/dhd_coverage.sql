-- One row a thesaurus: its concepts that count, those still in use, and how they are mapped.
SELECT
  mapping.thesaurus,
  count(*) AS concepts,
  count(*) FILTER (WHERE concept.invalid_reason IS NULL) AS active,
  count(*) FILTER (WHERE mapping.mapped_by = 'snomed') AS by_snomed,
  count(*) FILTER (WHERE mapping.mapped_by IN ('snomed_replaced', 'dhd_replaced')) AS by_replacement,
  count(*) FILTER (WHERE mapping.mapped_by = 'icd10') AS by_icd10,
  count(*) FILTER (WHERE mapping.mapped_by IS NULL) AS unmapped,
  count(*) FILTER (WHERE mapping.mapped_by IS NULL AND concept.invalid_reason IS NULL) AS active_unmapped,
  (
    SELECT count(DISTINCT later.dhd_id)
    FROM dhd_concept AS later
    INNER JOIN dhd_delivery AS delivery ON later.thesaurus = delivery.thesaurus
    WHERE
      later.thesaurus = mapping.thesaurus
      AND later.valid_start_date > delivery.as_of
      AND later.dhd_id NOT IN (SELECT fact.dhd_id FROM dhd_new_fact AS fact WHERE fact.thesaurus = later.thesaurus)
  ) AS not_yet_valid
FROM dhd_new_mapping AS mapping
INNER JOIN dhd_new_concept AS concept ON mapping.concept_id = concept.concept_id
GROUP BY mapping.thesaurus
ORDER BY mapping.thesaurus
