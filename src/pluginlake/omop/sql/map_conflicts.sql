-- One row: how many affected codes local maps map differently, and some of them with the set that counts.
WITH said_by AS (
  SELECT
    stand.source_vocabulary_id,
    stand.concept_code,
    stand.mapping_set_id,
    list_sort(list(DISTINCT stand.target_concept_id)) AS targets
  FROM will_stand AS stand
  SEMI JOIN affected
    ON stand.source_vocabulary_id = affected.vocabulary_id AND stand.concept_code = affected.concept_code
  GROUP BY stand.source_vocabulary_id, stand.concept_code, stand.mapping_set_id
),

disagreed AS (
  SELECT
    source_vocabulary_id,
    concept_code
  FROM said_by
  GROUP BY source_vocabulary_id, concept_code
  HAVING count(DISTINCT targets) > 1
),

example AS (
  SELECT
    disagreed.source_vocabulary_id || ' ' || disagreed.concept_code || ': ' || any_value(map.mapping_set_id) || ' counts'
      AS said
  FROM disagreed
  INNER JOIN station_map AS map
    ON disagreed.source_vocabulary_id = map.vocabulary_id AND disagreed.concept_code = map.concept_code
  GROUP BY disagreed.source_vocabulary_id, disagreed.concept_code
  ORDER BY said
  LIMIT 5
)

SELECT
  (SELECT count(*) FROM disagreed) AS violations,
  (SELECT string_agg(said, chr(10)) FROM example) AS examples
