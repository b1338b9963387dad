-- Holds the prefixes by which codes and concepts are named: well-known ones with their vocabulary, a file's own by URI.
CREATE OR REPLACE TABLE map_prefix (prefix VARCHAR, uri VARCHAR, vocabulary_id VARCHAR)
