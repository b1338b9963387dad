-- One row a code in our data that has no standard concept: the work list, as it stands now.
SELECT
  getvariable('run_id') AS run_id,
  system,
  code,
  min(display) AS display,
  domain_hint,
  sum(occurrences)::BIGINT AS occurrences,
  count(DISTINCT patient_id) AS persons
FROM quality.unmapped_code
GROUP BY system, code, domain_hint
