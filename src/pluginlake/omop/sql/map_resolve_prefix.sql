-- One row a prefix and its vocabulary: by the URI it stands for, else as everybody knows it, else by its own name.
CREATE OR REPLACE TABLE map_prefix_known AS
SELECT
  prefix.prefix,
  coalesce(system.vocabulary_id, prefix.vocabulary_id) AS vocabulary_id
FROM map_prefix AS prefix
LEFT JOIN code_system AS system ON rtrim(prefix.uri, '/#') = rtrim(system.uri, '/#')
WHERE system.vocabulary_id IS NOT NULL OR prefix.vocabulary_id IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY prefix.prefix ORDER BY system.vocabulary_id IS NULL) = 1
