-- One row a vocabulary with changes between former_snapshot and later_snapshot (both are replaced by numbers).
SELECT
  change.vocabulary_id,
  any_value(former.vocabulary_version) AS former_version,
  any_value(later.vocabulary_version) AS later_version,
  count(*) FILTER (WHERE change.is_added) AS added,
  count(*) FILTER (WHERE change.is_removed) AS removed,
  count(*) FILTER (WHERE change.is_renamed) AS renamed,
  count(*) FILTER (WHERE change.is_moved) AS moved,
  count(*) FILTER (WHERE change.lost_standard) AS standard_lost,
  count(*) FILTER (WHERE change.won_standard) AS standard_won,
  count(*) FILTER (WHERE change.is_remapped) AS remapped
FROM diff_concept AS change
LEFT JOIN (SELECT * FROM vocab.vocabulary at (version => former_snapshot)) AS former
  ON change.vocabulary_id = former.vocabulary_id
LEFT JOIN (SELECT * FROM vocab.vocabulary at (version => later_snapshot)) AS later
  ON change.vocabulary_id = later.vocabulary_id
GROUP BY change.vocabulary_id
ORDER BY count(*) DESC, change.vocabulary_id
