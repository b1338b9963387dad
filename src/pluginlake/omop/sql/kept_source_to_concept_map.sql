-- The local maps that a delivery leaves alone: all but those of codes that it maps itself, whatever it brings else
-- ($1 is of no use here). $2 = the Parquet file they go to.
COPY (
  SELECT standing.*
  FROM vocab.source_to_concept_map AS standing
  WHERE
    $1::BOOLEAN IS NOT NULL
    AND standing.source_vocabulary_id || chr(9) || standing.source_code NOT IN (
      SELECT replaced.key FROM temp.replaced_key AS replaced WHERE replaced.table_name = 'source_to_concept_map'
    )
  ORDER BY standing.source_vocabulary_id, standing.source_code
) TO $2 (FORMAT parquet)
