-- Brings the spellings of units a release knows, beside those that a station added. $1 = CSV with a head line.
MERGE INTO vocab.unit_alias AS standing
USING (
  SELECT
    split_part(line, ',', 1) AS code,
    split_part(line, ',', 2) AS ucum_code
  FROM (SELECT unnest(string_split(rtrim($1, chr(10)), chr(10))[2:]) AS line)
) AS shipped
ON standing.code = shipped.code
WHEN MATCHED THEN UPDATE SET ucum_code = shipped.ucum_code
WHEN NOT MATCHED THEN INSERT (code, ucum_code)
VALUES (shipped.code, shipped.ucum_code)
