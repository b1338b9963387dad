-- Brings the code systems a release knows, beside those that a station added. $1 = CSV with a head line.
MERGE INTO vocab.code_system AS standing
USING (
  SELECT
    split_part(line, ',', 1) AS uri,
    split_part(line, ',', 2) AS vocabulary_id,
    split_part(line, ',', 3) AS code_form
  FROM (SELECT unnest(string_split(rtrim($1, chr(10)), chr(10))[2:]) AS line)
) AS shipped
ON standing.uri = shipped.uri
WHEN MATCHED THEN UPDATE SET vocabulary_id = shipped.vocabulary_id, code_form = shipped.code_form
WHEN NOT MATCHED THEN INSERT (uri, vocabulary_id, code_form)
VALUES (shipped.uri, shipped.vocabulary_id, shipped.code_form)
