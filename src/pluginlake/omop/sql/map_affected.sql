-- One row a code whose meaning the set $1 decides, or decided before; spellings of units with it.
CREATE OR REPLACE TABLE affected AS
WITH touched AS (
  SELECT
    source_vocabulary_id AS vocabulary_id,
    concept_code
  FROM map_sound
  UNION
  SELECT
    source_vocabulary_id AS vocabulary_id,
    concept_code
  FROM former_map
  WHERE mapping_set_id = $1
)

SELECT * FROM touched
UNION
SELECT
  'UCUM' AS vocabulary_id,
  alias.code AS concept_code
FROM unit_alias AS alias
INNER JOIN touched ON alias.ucum_code = touched.concept_code
WHERE touched.vocabulary_id = 'UCUM'
UNION
SELECT
  'UCUM' AS vocabulary_id,
  alias.ucum_code AS concept_code
FROM unit_alias AS alias
INNER JOIN touched ON alias.code = touched.concept_code
WHERE touched.vocabulary_id = 'UCUM'
