-- Where a batch gathers what writing versions finds, spilling to the station's tmp folder. A database of its own, since a
-- transaction sees another database as it was at its first look: each step of a commit looks at its own for the first time.
ATTACH IF NOT EXISTS ':memory:' AS staging_versions
