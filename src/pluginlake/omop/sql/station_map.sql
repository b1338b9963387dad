-- One row a code and a concept that the station's own maps say it means; 0 = judged to mean none. Of several sets the one
-- with the highest precedence counts, then the one that was loaded last; lines of source_to_concept_map that no set
-- has come from a bundle, and count where no set speaks.
CREATE OR REPLACE TABLE station_map AS
WITH effective AS (
  SELECT
    source_vocabulary_id AS vocabulary_id,
    concept_code,
    target_concept_id,
    mapping_set_id
  FROM will_stand
  QUALIFY dense_rank() OVER (
    PARTITION BY source_vocabulary_id, concept_code ORDER BY precedence DESC, snapshot_id DESC, mapping_set_id
  ) = 1
),

bundled AS (
  SELECT
    map.source_vocabulary_id AS vocabulary_id,
    normal_code(map.source_code, undotted.vocabulary_id IS NOT NULL) AS concept_code,
    map.target_concept_id,
    'source_to_concept_map' AS mapping_set_id
  FROM source_to_concept_map AS map
  LEFT JOIN (SELECT DISTINCT vocabulary_id FROM code_system WHERE code_form = 'undotted') AS undotted
    ON map.source_vocabulary_id = undotted.vocabulary_id
  ANTI JOIN (
    SELECT
      source_vocabulary_id,
      source_code
    FROM will_stand
    UNION
    SELECT
      source_vocabulary_id,
      source_code
    FROM former_map
  ) AS managed ON map.source_vocabulary_id = managed.source_vocabulary_id AND map.source_code = managed.source_code
  WHERE map.invalid_reason IS NULL AND map.source_vocabulary_id NOT IN ('DHD-DT', 'DHD-VT')
)

SELECT DISTINCT * FROM effective
UNION ALL
SELECT DISTINCT bundled.*
FROM bundled
ANTI JOIN effective
  ON bundled.vocabulary_id = effective.vocabulary_id AND bundled.concept_code = effective.concept_code
