-- One row a year: how many visits of each kind began in it, and how many people came.
SELECT
  year(visits.visit_start_date) AS year,
  count(*) FILTER (WHERE visits.visit_concept_id = 9202) AS consultations,
  count(*) FILTER (WHERE visits.visit_concept_id = 9203) AS emergencies,
  count(*) FILTER (WHERE visits.visit_concept_id = 9201) AS admissions,
  count(DISTINCT visits.person_id) AS people
FROM omop.visit_occurrence AS visits
GROUP BY ALL
ORDER BY year
