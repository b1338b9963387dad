-- Takes out what Usagi's user has not approved, and maps of values or units, which are no meaning of a code.
DELETE FROM map_delivered
WHERE coalesce(status, '') <> 'APPROVED' OR coalesce(kind, 'MAPS_TO') <> 'MAPS_TO'
