-- One row: the number of the newest layout of the station's own tables that was brought into the lake.
SELECT max(schema_version.version) FROM lineage.schema_version
