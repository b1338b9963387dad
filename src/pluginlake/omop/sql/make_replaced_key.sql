-- Holds the keys of small tables that a delivery brings itself.
CREATE OR REPLACE TEMP TABLE replaced_key (table_name VARCHAR, key VARCHAR)
