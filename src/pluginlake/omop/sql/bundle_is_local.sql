-- One row: 1 if the bundle brings concepts, and only local ones (0 is everybody's "no matching concept").
SELECT (count(*) > 0 AND count(*) FILTER (WHERE concept_id BETWEEN 1 AND 1999999999) = 0)::BIGINT FROM bundle_concept
