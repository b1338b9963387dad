-- One row: how many ancestors are at a distance that cannot be.
SELECT
  count(*) AS violations,
  NULL::VARCHAR AS examples
FROM bundle_concept_ancestor
WHERE min_levels_of_separation < 0 OR min_levels_of_separation > max_levels_of_separation
