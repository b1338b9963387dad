-- One row a vocabulary whose codes the set maps.
SELECT DISTINCT source_vocabulary_id FROM map_sound ORDER BY source_vocabulary_id
