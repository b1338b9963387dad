-- One row a DHD concept that counts on the day of its delivery: its number, name, validity, and the SNOMED and ICD-10
-- codes it may be mapped by. Concepts that begin later are left to a later delivery.
CREATE OR REPLACE TEMP TABLE dhd_new_fact AS
WITH newest AS (
  SELECT
    standing.thesaurus,
    standing.dhd_id,
    standing.valid_start_date,
    standing.valid_end_date,
    delivery.as_of
  FROM dhd_concept AS standing
  INNER JOIN dhd_delivery AS delivery ON standing.thesaurus = delivery.thesaurus
  WHERE standing.valid_start_date <= delivery.as_of
  QUALIFY row_number() OVER (
    PARTITION BY standing.thesaurus, standing.dhd_id ORDER BY standing.valid_start_date DESC
  ) = 1
),

known_term AS (
  SELECT
    term.thesaurus,
    term.dhd_id,
    term.term,
    term.term_type,
    coalesce(term."language", 'nl') LIKE 'n%' AS is_dutch,
    term.snomed_id,
    term.valid_start_date,
    delivery.as_of BETWEEN term.valid_start_date AND term.valid_end_date AS is_valid
  FROM dhd_term AS term
  INNER JOIN dhd_delivery AS delivery ON term.thesaurus = delivery.thesaurus
  WHERE term.valid_start_date <= delivery.as_of
),

preferred AS (
  SELECT
    thesaurus,
    dhd_id,
    term
  FROM known_term
  QUALIFY row_number() OVER (
    PARTITION BY thesaurus, dhd_id
    ORDER BY
      is_valid DESC,
      is_dutch DESC,
      CASE term_type WHEN 'voorkeursterm' THEN 0 WHEN 'fsn' THEN 1 ELSE 2 END,
      valid_start_date DESC,
      term
  ) = 1
),

snomed AS (
  SELECT
    thesaurus,
    dhd_id,
    snomed_id
  FROM known_term
  WHERE snomed_id IS NOT NULL
  QUALIFY row_number() OVER (
    PARTITION BY thesaurus, dhd_id ORDER BY is_valid DESC, valid_start_date DESC, snomed_id
  ) = 1
),

icd10 AS (
  SELECT
    derivation.thesaurus,
    derivation.dhd_id,
    normal_code(derivation.code, true) AS icd10_code
  FROM dhd_derivation AS derivation
  INNER JOIN dhd_delivery AS delivery ON derivation.thesaurus = delivery.thesaurus
  WHERE
    derivation.system = 'ICD10'
    AND derivation.code IS NOT NULL
    AND derivation.valid_start_date <= delivery.as_of
  QUALIFY row_number() OVER (
    PARTITION BY derivation.thesaurus, derivation.dhd_id
    ORDER BY derivation.valid_end_date >= delivery.as_of DESC, derivation.ordinal ASC NULLS LAST, derivation.code ASC
  ) = 1
)

SELECT
  newest.thesaurus,
  newest.dhd_id,
  'DHD-' || newest.thesaurus AS vocabulary_id,
  coalesce(preferred.term, newest.dhd_id) AS concept_name,
  newest.valid_start_date,
  newest.valid_end_date,
  newest.valid_end_date < newest.as_of AS has_ended,
  snomed.snomed_id,
  icd10.icd10_code
FROM newest
LEFT JOIN preferred ON newest.thesaurus = preferred.thesaurus AND newest.dhd_id = preferred.dhd_id
LEFT JOIN snomed ON newest.thesaurus = snomed.thesaurus AND newest.dhd_id = snomed.dhd_id
LEFT JOIN icd10 ON newest.thesaurus = icd10.thesaurus AND newest.dhd_id = icd10.dhd_id
