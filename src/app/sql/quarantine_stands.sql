-- One row: 1 if the refused record $1 is there, else 0.
SELECT count(*) FROM quality.quarantine AS quarantined WHERE quarantined.quarantine_id = $1
