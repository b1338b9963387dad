-- One row an event that counts, with the coding that speaks for it: one with a standard target before one without, then
-- by the rank of its vocabulary for this kind of event, then userSelected, then the source's own order.
WITH offered AS (
  SELECT
    resource_type, resource_id, element, element_index, context,
    unnest(codings) AS coding,
    generate_subscripts(codings, 1) AS place
  FROM event.event
  WHERE exclusion IS NULL
),

ranked AS (
  SELECT
    offered.* EXCLUDE (coding, context),
    offered.coding.system AS system,
    offered.coding.code AS code,
    offered.coding.display AS display,
    map.vocabulary_id,
    -- said again, so that the lineage of a concept names the coding it was looked up by
    CASE WHEN offered.coding.code = map.code THEN map.source_concept_id END AS source_concept_id,
    CASE WHEN offered.coding.code = map.code THEN map.targets END AS targets,
    row_number() OVER (
      PARTITION BY offered.resource_type, offered.resource_id, offered.element, offered.element_index
      ORDER BY
        map.targets IS NULL,
        CASE
          WHEN offered.context = 'drug' THEN list_position(['RxNorm', 'RxNorm Extension', 'SNOMED', 'ATC'], map.vocabulary_id)
          WHEN offered.context = 'vaccine' THEN list_position(['CVX', 'RxNorm', 'RxNorm Extension', 'SNOMED', 'ATC'], map.vocabulary_id)
          WHEN offered.context = 'observation' THEN list_position(['LOINC', 'SNOMED', 'NHG-45'], map.vocabulary_id)
          ELSE list_position(['SNOMED', 'DHD-DT', 'DHD-VT', 'ICD10', 'ICD10CM'], map.vocabulary_id)
        END NULLS LAST,
        coalesce(offered.coding.user_selected, FALSE) DESC,
        offered.place
    ) AS rank
  FROM offered
  LEFT JOIN event.code_map AS map ON offered.coding.system = map.system AND offered.coding.code = map.code
  WHERE offered.coding.code IS NOT NULL
)

SELECT
  * EXCLUDE (rank, place),
  row_number() OVER (PARTITION BY resource_type, resource_id, element, system, code ORDER BY element_index) AS equal_ordinal
FROM ranked
WHERE rank = 1
