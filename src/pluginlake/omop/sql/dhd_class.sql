-- One row a class of DHD concepts, as concept_class has it.
CREATE OR REPLACE TEMP TABLE dhd_new_class AS
SELECT
  CASE vocabulary_id WHEN 'DHD-DT' THEN 'DHD Diagnose' ELSE 'DHD Verrichting' END AS concept_class_id,
  vocabulary_name AS concept_class_name,
  vocabulary_concept_id AS concept_class_concept_id
FROM dhd_new_vocabulary
