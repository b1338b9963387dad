-- Records that the layout $1 was brought by program version $2.
INSERT INTO lineage.schema_version (version, program_version, applied_at) VALUES ($1, $2, now())
