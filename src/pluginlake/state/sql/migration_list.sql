-- One row a migration that was applied, in order.
SELECT number, checksum
FROM migration
ORDER BY number;
