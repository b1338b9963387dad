-- Notes which vocabulary a system of the station is. $1 = its URI, $2 = the vocabulary.
MERGE INTO code_system AS standing
USING (
  SELECT
    $1::VARCHAR AS uri,
    $2::VARCHAR AS vocabulary_id
) AS noted
ON standing.uri = noted.uri
WHEN MATCHED THEN UPDATE SET vocabulary_id = noted.vocabulary_id
WHEN NOT MATCHED THEN INSERT (uri, vocabulary_id, code_form) VALUES (noted.uri, noted.vocabulary_id, 'plain')
