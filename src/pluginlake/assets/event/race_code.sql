-- One row a code of race or ethnicity by the CDC (OMB categories), with its OMOP concept.
SELECT code, concept_id
FROM (
  VALUES
  ('1002-5', 8657), ('2028-9', 8515), ('2054-5', 8516), ('2076-8', 8557), ('2106-3', 8527),
  ('2135-2', 38003563), ('2186-5', 38003564)
) AS category (code, concept_id)
