-- The certificate of an erasure, as far as it is: rows are gone. $1 = run, $2 = keyed hash, $3 = rows by table as JSON.
INSERT INTO quality.erasure (run_id, erased_at, patient_hash, rows_removed, status)
VALUES ($1, now(), $2, $3, 'rows_removed')
