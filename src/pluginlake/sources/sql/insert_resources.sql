-- Writes the new versions of a batch. $1 = the number of the source that parses them.
INSERT INTO raw.fhir_resource BY NAME SELECT * FROM pluginlake_source($1)
