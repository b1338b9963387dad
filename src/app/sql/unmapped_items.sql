-- The unmapped codes, each with what it may mean; without the name it came with unless $1.
SELECT
  unmapped.system,
  unmapped.code,
  CASE WHEN $1 THEN unmapped.display END AS display,
  unmapped.domain_hint,
  unmapped.occurrences,
  unmapped.persons,
  coalesce(found.candidates, []) AS candidates
FROM unmapped
LEFT JOIN (
  SELECT
    place,
    list({ 'concept_id': concept_id, 'concept_name': concept_name } ORDER BY rank) AS candidates
  FROM candidate
  GROUP BY place
) AS found ON unmapped.place = found.place
ORDER BY unmapped.place
