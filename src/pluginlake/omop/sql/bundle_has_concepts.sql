-- One row: 1 if the delivery brings a concept.
SELECT (count(*) > 0)::BIGINT FROM (SELECT 1 FROM bundle_concept LIMIT 1)
