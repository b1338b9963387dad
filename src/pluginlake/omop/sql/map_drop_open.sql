-- Takes out the lines of a work list that have no target yet, and those of other systems than $1, if it is given.
DELETE FROM map_delivered
WHERE target IS NULL OR ($1 <> '' AND source_system IS DISTINCT FROM $1)
