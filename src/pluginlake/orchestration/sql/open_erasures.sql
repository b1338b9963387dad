-- How many erasures of the patient with the keyed hash $1 are not complete.
SELECT count(*) FROM quality.erasure WHERE patient_hash = $1 AND status <> 'complete'
