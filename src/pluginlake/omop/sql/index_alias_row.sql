-- One row a spelling of a unit and the concept it means, where the spelling is no standard unit's own code.
CREATE OR REPLACE TABLE index_alias_row AS
WITH unit AS (
  SELECT * FROM index_vocabulary_row WHERE vocabulary_id = 'UCUM' AND target_concept_id IS NOT NULL
  UNION ALL BY NAME
  SELECT * FROM index_station_row WHERE vocabulary_id = 'UCUM'
)

SELECT unit.* REPLACE (alias.code AS concept_code)
FROM unit
INNER JOIN unit_alias AS alias ON unit.concept_code = alias.ucum_code
ANTI JOIN unit AS taken ON alias.code = taken.concept_code
