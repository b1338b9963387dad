"""The Synthea pack, whole: counts by type, repeats, bundles after NDJSON, and the same rows on both catalogs."""

import collections
import gzip
import json
import pathlib
import re

import pytest
from station import Station

TYPE = re.compile(rb'^\{"resourceType":"([A-Za-z]+)"')
ROWS = """
SELECT resource_type, resource_id, version, last_updated, source, source_line, content_hash, patient_id, deleted,
       version_id, superseded, md5(body::VARCHAR) AS body_hash
FROM raw.fhir_resource ORDER BY resource_type, resource_id, version
"""
NDJSON_RECORDS = 252_715
BUNDLE_COUNTS = {"received": 30_954, "unchanged": 28_484, "stored": 2_470, "superseded": 0, "deleted": 0}


def counted_by_python(folder: pathlib.Path) -> dict[str, int]:
    """Returns the number of non-blank lines a resource type."""
    counts: collections.Counter[str] = collections.Counter()
    for path in sorted(folder.glob("*.ndjson.gz")):
        with gzip.open(path) as lines:
            for line in lines:
                if line.strip():
                    match = TYPE.match(line)
                    counts[match.group(1).decode() if match else json.loads(line)["resourceType"]] += 1
    return dict(counts)


def rows_file(station: Station) -> pathlib.Path:
    """Writes every row of raw.fhir_resource, but for received_at and batch_id, and returns the file."""
    path = station.folder.parent / "rows.csv"
    station.run("query", ROWS, "--format", "csv", "-o", path).must_exit(0)
    return path


def counts_of(station: Station) -> dict[str, int]:
    """Returns the number of versions a resource type."""
    return {str(t): int(n) for t, n in station.rows("SELECT resource_type, count(*) FROM raw.fhir_resource GROUP BY 1")}


@pytest.fixture(scope="session")
def rows_by_catalog() -> dict[str, pathlib.Path]:
    """What each catalog's run left behind, for the comparison at the end."""
    return {}


@pytest.mark.slow
def test_synthea(
    station: Station, catalog_kind: str, shared: pathlib.Path, rows_by_catalog: dict[str, pathlib.Path]
) -> None:
    """NDJSON, the same again, then the bundles."""
    data = shared / "data" / "synthea"
    (station.program.folder / "in").symlink_to(data)

    first = station.ingest("in/ndjson")
    assert (first["received"], first["stored"], first["quarantined"]) == (NDJSON_RECORDS, NDJSON_RECORDS, 0)
    expected = counted_by_python(data / "ndjson")
    assert counts_of(station) == expected
    assert sum(expected.values()) == NDJSON_RECORDS

    again = station.ingest("in/ndjson")
    assert (again["received"], again["stored"], again["unchanged"]) == (NDJSON_RECORDS, 0, NDJSON_RECORDS)
    assert again["snapshot_id"] is None

    bundles = station.ingest("in/bundles")
    assert {name: bundles[name] for name in BUNDLE_COUNTS} == BUNDLE_COUNTS
    assert bundles["quarantined"] == 0
    grown = {t: n - expected.get(t, 0) for t, n in counts_of(station).items() if n != expected.get(t, 0)}
    assert grown == {"Claim": 2_458, "Provenance": 12}

    assert station.run("catalog", "fsck").exit_code == 0
    rows_by_catalog[catalog_kind] = rows_file(station)


@pytest.mark.slow
def test_same_rows_on_both_catalogs(shared: pathlib.Path, rows_by_catalog: dict[str, pathlib.Path]) -> None:
    """SQLite and PostgreSQL hold the same raw.fhir_resource, row for row (received_at and batch_id aside)."""
    assert shared
    if len(rows_by_catalog) < 2:
        pytest.skip("needs the runs on both catalogs")
    sqlite, postgres = (rows_by_catalog[c].read_bytes().splitlines() for c in ("sqlite", "postgres"))
    assert len(sqlite) == NDJSON_RECORDS + BUNDLE_COUNTS["stored"] + 1
    different = [pair for pair in zip(sqlite, postgres, strict=True) if pair[0] != pair[1]]
    assert not different, f"{len(different)} rows differ, the first: {different[0]}"
