-- Adds what a replaced DHD concept means when it has no code of its own to go by: what the concept that replaced it does.
INSERT INTO dhd_new_target
SELECT
  later.vocabulary_id,
  relation.dhd_id_1 AS dhd_id,
  later.target_concept_id,
  later.target_domain_id,
  later.target_class_id,
  later.value_concept_id,
  later.via_code,
  'dhd_replaced' AS mapped_by,
  later.target_ordinal
FROM dhd_relation AS relation
INNER JOIN dhd_new_target AS later
  ON later.vocabulary_id = 'DHD-' || relation.thesaurus AND relation.dhd_id_2 = later.dhd_id
ANTI JOIN dhd_new_target AS known
  ON known.vocabulary_id = 'DHD-' || relation.thesaurus AND relation.dhd_id_1 = known.dhd_id
WHERE relation.relation_type = 'vervanging'
QUALIFY dense_rank() OVER (
  PARTITION BY relation.thesaurus, relation.dhd_id_1 ORDER BY relation.valid_start_date DESC, relation.dhd_id_2
) = 1
