-- One row a vocabulary that the delivery numbers itself: its lowest and highest local concept id.
SELECT
  vocabulary_id,
  min(concept_id) AS first_id,
  max(concept_id) AS last_id
FROM bundle_concept
WHERE concept_id >= 2000000000
GROUP BY vocabulary_id
ORDER BY vocabulary_id
