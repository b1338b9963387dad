-- Takes out what a mapping set says is no match.
DELETE FROM map_delivered WHERE lower(coalesce(modifier, '')) = 'not'
