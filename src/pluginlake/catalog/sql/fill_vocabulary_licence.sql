-- Brings the terms of the vocabularies a release knows, beside those that a station added. $1 = CSV with a head line; the
-- terms may hold commas.
MERGE INTO vocab.vocabulary_licence AS standing
USING (
  SELECT
    split_part(line, ',', 1) AS vocabulary_id,
    split_part(line, ',', 2) AS licence_class,
    regexp_replace(line, '^[^,]*,[^,]*,', '') AS terms
  FROM (SELECT unnest(string_split(rtrim($1, chr(10)), chr(10))[2:]) AS line)
) AS shipped
ON standing.vocabulary_id = shipped.vocabulary_id
WHEN MATCHED THEN UPDATE SET licence_class = shipped.licence_class, terms = shipped.terms
WHEN NOT MATCHED THEN INSERT (vocabulary_id, licence_class, terms)
VALUES (shipped.vocabulary_id, shipped.licence_class, shipped.terms)
