-- Copies the vocabularies whose codes the station's data use, as far as that is known, to the Parquet file $1.
COPY (
  SELECT DISTINCT system.vocabulary_id
  FROM quality.unmapped AS used
  INNER JOIN vocab.code_system AS system ON used.system = system.uri
) TO $1 (FORMAT parquet)
