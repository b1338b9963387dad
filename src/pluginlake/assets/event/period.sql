-- One row a person with events: the first and the last day of any of them, so that none lies outside.
WITH day AS (
  SELECT t.person_id, e.start_date, coalesce(e.end_date, e.start_date) AS end_date
  FROM event.target AS t
  JOIN event.event AS e USING (resource_type, resource_id, element, element_index)
  UNION ALL
  SELECT person_id, start_date, end_date FROM event.visit WHERE exclusion IS NULL
)

SELECT person_id, min(least(start_date, end_date)) AS start_date, max(greatest(start_date, end_date)) AS end_date
FROM day
GROUP BY person_id
