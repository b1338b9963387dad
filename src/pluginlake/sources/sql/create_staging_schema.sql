-- Where a batch is gathered before its commit: in the memory of the instance, spilling to the station's tmp folder.
CREATE SCHEMA IF NOT EXISTS memory.staging
