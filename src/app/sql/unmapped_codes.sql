-- One row a code without a standard concept, those that concern most people first; at most $1 of them.
SELECT unmapped.code, coalesce(unmapped.display, '') AS display, unmapped.domain_hint, unmapped.occurrences, unmapped.persons
FROM quality.unmapped AS unmapped
ORDER BY unmapped.persons DESC, unmapped.occurrences DESC, unmapped.code
LIMIT $1
