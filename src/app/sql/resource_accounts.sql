-- One row a resource type that can become OMOP rows: how many resources stand, and in which class each is.
SELECT
  accounts.resource_type,
  sum(accounts.resources)::BIGINT AS resources,
  coalesce(sum(accounts.resources) FILTER (WHERE accounts.class = 'gave_rows'), 0)::BIGINT AS gave_rows,
  coalesce(sum(accounts.resources) FILTER (WHERE accounts.class = 'merged'), 0)::BIGINT AS merged,
  coalesce(sum(accounts.resources) FILTER (WHERE accounts.class = 'excluded'), 0)::BIGINT AS excluded,
  coalesce(sum(accounts.resources) FILTER (WHERE accounts.class = 'no_person'), 0)::BIGINT AS no_person
FROM quality.account AS accounts
WHERE accounts.class <> 'no_target'
GROUP BY ALL
ORDER BY accounts.resource_type
