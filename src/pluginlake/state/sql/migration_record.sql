-- Records one migration as applied: number, name, SHA-256 of its script, when.
INSERT INTO migration (number, name, checksum, applied_at)
VALUES ($1, $2, $3, $4);
