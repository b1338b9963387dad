-- Keeps a small value, or overwrites it.
INSERT INTO kept_value (key, value)
VALUES ($1, $2)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;
