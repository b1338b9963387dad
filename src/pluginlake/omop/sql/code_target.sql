-- One row a code and a concept it means: what conversion joins. $1 = the Parquet file it goes to.
-- Only codes with several targets are numbered by a window; all others are number 1.
COPY (
  WITH complete AS (
    SELECT vocabulary_row.*
    FROM index_vocabulary_row AS vocabulary_row
    ANTI JOIN (FROM index_station_row UNION ALL BY NAME FROM index_alias_row) AS better
      ON vocabulary_row.vocabulary_id = better.vocabulary_id AND vocabulary_row.concept_code = better.concept_code
    UNION ALL BY NAME
    SELECT * FROM index_station_row
    UNION ALL BY NAME
    SELECT * FROM index_alias_row
  ),

  several AS (
    SELECT source_concept_id
    FROM index_map
    GROUP BY source_concept_id
    HAVING count(*) > 1
  ),

  numbered AS (
    SELECT
      complete.*,
      row_number() OVER (
        PARTITION BY complete.vocabulary_id, complete.concept_code
        ORDER BY complete.target_concept_id, complete.value_concept_id
      ) AS target_ordinal
    FROM complete
    LEFT JOIN several ON complete.source_concept_id = several.source_concept_id
    WHERE several.source_concept_id IS NOT NULL OR complete.mapping_set_id IS NOT NULL
    UNION ALL BY NAME
    SELECT
      complete.*,
      1 AS target_ordinal
    FROM complete
    ANTI JOIN several ON complete.source_concept_id = several.source_concept_id
    WHERE complete.mapping_set_id IS NULL
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
    target_ordinal::INTEGER AS target_ordinal,
    mapping_set_id
  FROM numbered
  ORDER BY vocabulary_id, concept_code, target_ordinal
) TO $1 (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 20480)
