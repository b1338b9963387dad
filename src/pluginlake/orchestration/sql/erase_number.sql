-- Keeps the number of the patient $1 used without saying whose it was. $2 = a token that means nothing.
UPDATE lineage.registry SET resource_id = $2
WHERE resource_type = 'Patient' AND resource_id = $1
