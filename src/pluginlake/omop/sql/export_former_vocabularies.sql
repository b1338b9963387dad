-- Copies how many concepts each vocabulary of Athena has in the lake to the Parquet file $1.
COPY (
  SELECT
    vocabulary_id,
    count(*) AS concepts
  FROM vocab.concept
  WHERE concept_id BETWEEN 1 AND 1999999999
  GROUP BY vocabulary_id
) TO $1 (FORMAT parquet)
