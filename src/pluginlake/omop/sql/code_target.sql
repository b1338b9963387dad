-- One row a code and a concept it means: what conversion joins. $1 = the Parquet file it goes to.
-- Of several concepts with one code the valid one counts, then the one that was valid last. A local map wins over the
-- vocabularies, since it is what the station says. Spellings of units stand beside the codes of UCUM.
-- `Maps to value` goes with targets that have a place for a value.
COPY (
  WITH undotted AS (
    SELECT DISTINCT vocabulary_id FROM code_system WHERE code_form = 'undotted'
  ),

  numbered AS (
    SELECT
      concept.concept_id,
      concept.vocabulary_id,
      concept.domain_id,
      concept.concept_class_id,
      normal_code(concept.concept_code, undotted.vocabulary_id IS NOT NULL) AS concept_code,
      concept.standard_concept IS NOT DISTINCT FROM 'S' AND concept.invalid_reason IS NULL AS is_standard,
      row_number() OVER (
        PARTITION BY
          concept.vocabulary_id, normal_code(concept.concept_code, undotted.vocabulary_id IS NOT NULL)
        ORDER BY
          concept.invalid_reason IS NOT NULL,
          concept.valid_end_date DESC,
          concept.concept_id DESC
      ) AS preference
    FROM concept
    LEFT JOIN undotted ON concept.vocabulary_id = undotted.vocabulary_id
  ),

  known AS (
    SELECT * EXCLUDE (preference) FROM numbered WHERE preference = 1
  ),

  standard AS (
    SELECT
      concept_id,
      domain_id,
      concept_class_id
    FROM concept
    WHERE standard_concept = 'S' AND invalid_reason IS NULL
  ),

  valid_map AS (
    SELECT
      map.concept_id_1,
      map.concept_id_2,
      map.relationship_id,
      standard.domain_id,
      standard.concept_class_id
    FROM concept_relationship AS map
    INNER JOIN standard ON map.concept_id_2 = standard.concept_id
    WHERE map.relationship_id IN ('Maps to', 'Maps to value') AND map.invalid_reason IS NULL
  ),

  mapped_by_station AS (
    SELECT DISTINCT
      map.source_vocabulary_id AS vocabulary_id,
      normal_code(map.source_code, undotted.vocabulary_id IS NOT NULL) AS concept_code,
      map.target_concept_id,
      standard.domain_id,
      standard.concept_class_id
    FROM source_to_concept_map AS map
    INNER JOIN standard ON map.target_concept_id = standard.concept_id
    LEFT JOIN undotted ON map.source_vocabulary_id = undotted.vocabulary_id
    WHERE map.invalid_reason IS NULL
  ),

  target AS (
    SELECT
      known.*,
      coalesce(map.concept_id_2, CASE WHEN known.is_standard THEN known.concept_id END) AS target_concept_id,
      coalesce(map.domain_id, CASE WHEN known.is_standard THEN known.domain_id END) AS target_domain_id,
      coalesce(map.concept_class_id, CASE WHEN known.is_standard THEN known.concept_class_id END) AS target_class_id
    FROM known
    LEFT JOIN valid_map AS map
      ON known.concept_id = map.concept_id_1 AND map.relationship_id = 'Maps to' AND NOT known.is_standard
  ),

  takes_value AS (
    SELECT
      concept_id,
      bool_or(target_domain_id IN ('Observation', 'Measurement')) AS in_some
    FROM target
    GROUP BY concept_id
  ),

  vocabulary_row AS (
    SELECT
      target.vocabulary_id,
      target.concept_code,
      target.concept_id AS source_concept_id,
      target.domain_id AS source_domain_id,
      target.is_standard AS source_standard,
      target.target_concept_id,
      target.target_domain_id,
      target.target_class_id,
      map.concept_id_2 AS value_concept_id,
      NULL::VARCHAR AS mapping_set_id
    FROM target
    INNER JOIN takes_value ON target.concept_id = takes_value.concept_id
    LEFT JOIN valid_map AS map
      ON
        target.concept_id = map.concept_id_1
        AND map.relationship_id = 'Maps to value'
        AND NOT target.is_standard
        AND (target.target_domain_id IN ('Observation', 'Measurement') OR takes_value.in_some IS NOT true)
  ),

  station_row AS (
    SELECT
      map.vocabulary_id,
      map.concept_code,
      coalesce(known.concept_id, 0) AS source_concept_id,
      known.domain_id AS source_domain_id,
      coalesce(known.is_standard, false) AS source_standard,
      map.target_concept_id,
      map.domain_id AS target_domain_id,
      map.concept_class_id AS target_class_id,
      NULL::BIGINT AS value_concept_id,
      'source_to_concept_map' AS mapping_set_id
    FROM mapped_by_station AS map
    LEFT JOIN known ON map.vocabulary_id = known.vocabulary_id AND map.concept_code = known.concept_code
  ),

  coded AS (
    SELECT * FROM vocabulary_row
    ANTI JOIN station_row USING (vocabulary_id, concept_code)
    UNION ALL BY NAME
    SELECT * FROM station_row
  ),

  spelled AS (
    SELECT coded.* REPLACE (alias.code AS concept_code)
    FROM coded
    INNER JOIN unit_alias AS alias ON coded.vocabulary_id = 'UCUM' AND coded.concept_code = alias.ucum_code
    WHERE
      coded.target_concept_id IS NOT NULL
      AND alias.code NOT IN (
        SELECT taken.concept_code FROM coded AS taken
        WHERE taken.vocabulary_id = 'UCUM' AND taken.target_concept_id IS NOT NULL
      )
  ),

  complete AS (
    SELECT * FROM coded
    ANTI JOIN spelled USING (vocabulary_id, concept_code)
    UNION ALL BY NAME
    SELECT * FROM spelled
  )

  SELECT
    vocabulary_id,
    concept_code,
    source_concept_id,
    source_domain_id,
    source_standard,
    target_concept_id,
    target_domain_id,
    target_class_id,
    value_concept_id,
    (row_number() OVER (
      PARTITION BY vocabulary_id, concept_code
      ORDER BY target_concept_id, value_concept_id
    ))::INTEGER AS target_ordinal,
    mapping_set_id
  FROM complete
  ORDER BY vocabulary_id, concept_code, target_ordinal
) TO $1 (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 20480)
