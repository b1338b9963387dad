-- One row: how many concepts that rules of conversion name by number are missing or not valid, and which.
-- $1 = data/needed_concept.csv.
WITH needed AS (
  SELECT
    split_part(line, ',', 1)::BIGINT AS concept_id,
    split_part(line, ',', 2) AS meaning
  FROM (SELECT unnest(string_split(rtrim($1, chr(10)), chr(10))[2:]) AS line)
)

SELECT
  count(*) AS violations,
  string_agg(
    needed.concept_id::VARCHAR || ' (' || needed.meaning || ')', chr(10) ORDER BY needed.concept_id
  ) AS examples
FROM needed
ANTI JOIN (SELECT concept_id FROM concept WHERE invalid_reason IS NULL) AS delivered
  ON needed.concept_id = delivered.concept_id
