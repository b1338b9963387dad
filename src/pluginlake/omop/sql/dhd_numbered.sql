-- One row a DHD concept as vocab.concept has it. It has a number by now: local_concept holds one for each.
CREATE OR REPLACE TEMP TABLE dhd_new_concept AS
WITH domain_of AS (
  SELECT
    vocabulary_id,
    dhd_id,
    arg_min(
      target_domain_id,
      target_ordinal + CASE
        WHEN target_domain_id = CASE vocabulary_id WHEN 'DHD-DT' THEN 'Condition' ELSE 'Procedure' END THEN 0
        ELSE 1000
      END
    ) AS domain_id
  FROM dhd_new_target
  GROUP BY vocabulary_id, dhd_id
),

replaced AS (
  SELECT DISTINCT
    'DHD-' || thesaurus AS vocabulary_id,
    dhd_id_1 AS dhd_id
  FROM dhd_relation
  WHERE relation_type = 'vervanging'
)

SELECT
  number.concept_id,
  fact.concept_name,
  coalesce(domain_of.domain_id, CASE fact.thesaurus WHEN 'DT' THEN 'Condition' ELSE 'Procedure' END) AS domain_id,
  fact.vocabulary_id,
  CASE fact.thesaurus WHEN 'DT' THEN 'DHD Diagnose' ELSE 'DHD Verrichting' END AS concept_class_id,
  NULL::VARCHAR AS standard_concept,
  fact.dhd_id AS concept_code,
  fact.valid_start_date,
  fact.valid_end_date,
  CASE WHEN fact.has_ended THEN CASE WHEN replaced.dhd_id IS NOT NULL THEN 'U' ELSE 'D' END END AS invalid_reason
FROM dhd_new_fact AS fact
INNER JOIN local_concept AS number ON fact.vocabulary_id = number.vocabulary_id AND fact.dhd_id = number.concept_code
LEFT JOIN domain_of ON fact.vocabulary_id = domain_of.vocabulary_id AND fact.dhd_id = domain_of.dhd_id
LEFT JOIN replaced ON fact.vocabulary_id = replaced.vocabulary_id AND fact.dhd_id = replaced.dhd_id
UNION ALL
SELECT
  number.concept_id,
  CASE number.vocabulary_id WHEN 'DHD-DT' THEN 'DHD Diagnosethesaurus' ELSE 'DHD Verrichtingenthesaurus' END
    AS concept_name,
  'Metadata' AS domain_id,
  'Vocabulary' AS vocabulary_id,
  'Vocabulary' AS concept_class_id,
  NULL AS standard_concept,
  number.vocabulary_id AS concept_code,
  DATE '1970-01-01' AS valid_start_date,
  DATE '2099-12-31' AS valid_end_date,
  NULL AS invalid_reason
FROM local_concept AS number
WHERE
  number.concept_code = '(vocabulary)'
  AND number.vocabulary_id IN (SELECT 'DHD-' || delivery.thesaurus FROM dhd_delivery AS delivery)
