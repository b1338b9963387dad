-- One row a vocabulary of which codes are affected.
SELECT DISTINCT vocabulary_id FROM affected ORDER BY vocabulary_id
