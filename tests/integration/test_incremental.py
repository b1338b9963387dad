"""Incremental equals full: random edits, deletions, late arrivals, re-sent versions, changed master data."""

import json
import os
import pathlib
import random
from collections.abc import Callable
from typing import Any

import pytest
from small_world import World, write_delivery, write_vocabulary
from station import Program, Station, make_station

# Tables, their id columns (left out), and the columns that hold ids of other rows (replaced by what those come from).
ROW_IDS = {
    "person": ("person_id", {"provider_id": "provider", "care_site_id": "care_site"}),
    "death": ("person_id", {}),
    "observation_period": ("observation_period_id", {}),
    "visit_occurrence": ("visit_occurrence_id", {"provider_id": "provider", "care_site_id": "care_site"}),
    "visit_detail": ("visit_detail_id", {"visit_occurrence_id": "visit_occurrence", "provider_id": "provider", "care_site_id": "care_site"}),
    "condition_occurrence": ("condition_occurrence_id", {"visit_occurrence_id": "visit_occurrence", "provider_id": "provider"}),
    "drug_exposure": ("drug_exposure_id", {"visit_occurrence_id": "visit_occurrence", "provider_id": "provider"}),
    "procedure_occurrence": ("procedure_occurrence_id", {"visit_occurrence_id": "visit_occurrence", "provider_id": "provider"}),
    "device_exposure": ("device_exposure_id", {"visit_occurrence_id": "visit_occurrence", "provider_id": "provider"}),
    "measurement": ("measurement_id", {"visit_occurrence_id": "visit_occurrence", "provider_id": "provider"}),
    "specimen": ("specimen_id", {}),
    "payer_plan_period": ("payer_plan_period_id", {}),
    "observation": ("observation_id", {"visit_occurrence_id": "visit_occurrence", "provider_id": "provider"}),
}  # fmt: skip
DROPPED = {"person_id", "visit_detail_id", "location_id", "measurement_event_id", "observation_event_id"}


def natural_sql(table: str, columns: list[str]) -> str:
    """Returns SQL for the rows of an OMOP table with ids replaced by the resources they come from."""
    own, links = ROW_IDS[table]
    select = ["s.resource_type", "s.resource_id", "s.part"]
    select += [f"t.{c}" for c in columns if c != own and c not in links and c not in DROPPED]
    joins = ""
    for number, (column, target) in enumerate(links.items()):
        joins += (
            f" LEFT JOIN lineage.row_source AS l{number} ON l{number}.omop_table = '{target}'"
            f" AND l{number}.row_id = t.{column} AND l{number}.retired_run_id IS NULL"
        )
        select.append(f"l{number}.resource_type || '/' || l{number}.resource_id AS {column}")
    return (
        f"SELECT {', '.join(select)} FROM omop.{table} AS t JOIN lineage.row_source AS s"
        f" ON s.omop_table = '{table}' AND s.row_id = t.{own} AND s.retired_run_id IS NULL{joins}"
    )


OTHERS = {
    "exclusion": "SELECT asset, resource_type, resource_id, reason_code FROM quality.exclusion",
    "unmapped": "SELECT system, code, domain_hint, occurrences, persons FROM quality.unmapped",
    "account": "SELECT resource_type, class, reason_code, sum(resources) AS n FROM quality.account GROUP BY ALL",
    "resource": "SELECT reference, patient_id FROM fhir.resource",
    "location": "SELECT city, state, zip, location_source_value FROM omop.location",
    "care_site": "SELECT care_site_name, care_site_source_value FROM omop.care_site",
    "condition_era": "SELECT r.resource_id, t.* EXCLUDE (condition_era_id, person_id) FROM omop.condition_era AS t "
    "JOIN lineage.registry AS r ON r.resource_type = 'Patient' AND r.number = t.person_id",
    "drug_era": "SELECT r.resource_id, t.* EXCLUDE (drug_era_id, person_id) FROM omop.drug_era AS t "
    "JOIN lineage.registry AS r ON r.resource_type = 'Patient' AND r.number = t.person_id",
    "plausibility": "SELECT omop_table, rule, sum(looked_at) AS n, sum(broken) AS broken FROM quality.plausibility GROUP BY ALL",
    "provider": "SELECT gender_source_value, provider_source_value FROM omop.provider",
}


def state_of(station: Station) -> set[tuple[str, str, int]]:
    """Returns what a fresh station must have too: OMOP by natural keys, exclusions, unmapped codes, accounts."""
    columns: dict[str, list[str]] = {}
    sql = "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'omop' ORDER BY table_name, column_index"
    for table, column in station.rows(sql):
        columns.setdefault(table, []).append(column)
    parts = {**{table: natural_sql(table, columns[table]) for table in ROW_IDS}, **OTHERS}
    selects = [
        f"SELECT '{name}' AS name, to_json(r)::VARCHAR AS row FROM ({part}) AS r" for name, part in parts.items()
    ]
    counted = f"SELECT name, row, count(*) AS n FROM ({' UNION ALL '.join(selects)}) GROUP BY ALL"
    return {(name, row, n) for name, row, n in station.rows(counted)}


def ids_of(station: Station) -> dict[str, int]:
    """Returns the id of every row that OMOP has, by what it comes from."""
    sql = "SELECT omop_table, person_id, resource_type, resource_id, part, row_id FROM lineage.row_source WHERE retired_run_id IS NULL"
    return {json.dumps(row[:5]): row[5] for row in station.rows(sql)}


def run(station: Station, *arguments: str) -> dict[str, Any]:
    """Runs all assets; fails unless all went well."""
    done = station.run("run", *arguments, "--json")
    answer: dict[str, Any] = done.json
    failed = [
        (a["key"], a.get("message"), a["checks"]) for a in answer["assets"] if a["status"] in ("failed", "blocked")
    ]
    assert not failed, f"run ended with {done.exit_code}: {failed}"
    done.must_exit(0)
    return answer


def check_rounds(rounds: int, seed: int, new_station: Callable[[str], Station], folder: pathlib.Path) -> None:
    """Edits, runs and compares so many times; ids of rows that persist never change."""
    print(f"seed {seed}, {rounds} rounds")
    world = World(random.Random(seed))
    station = new_station("kept")
    known: dict[str, int] = {}
    for number in range(rounds):
        station.ingest(write_delivery(folder / f"{number}.json", world.edits()))
        run(station)
        ids = ids_of(station)
        moved = {key for key in ids.keys() & known.keys() if ids[key] != known[key]}
        assert not moved, f"round {number}: ids changed: {moved}"
        known = {**known, **ids}  # a row that returns gets its number back
        full = run(station, "--full")
        assert full["snapshot_ids"] == [], (
            f"round {number}: a full run changes {[a for a in full['assets'] if a['status'] == 'done']}"
        )
        if number % 5 == 4 or number == rounds - 1:
            fresh = new_station(f"fresh{number}")
            fresh.ingest(write_delivery(folder / f"final{number}.json", list(world.resources.values())))
            run(fresh)
            mine, theirs = state_of(station), state_of(fresh)
            assert mine == theirs, f"round {number}: only here {mine - theirs}, only in a fresh station {theirs - mine}"


@pytest.fixture
def new_station(
    binary: pathlib.Path, tmp_path: pathlib.Path, catalog_kind: str, new_catalog: Callable[[str], str]
) -> Callable[[str], Station]:
    """Makes stations with the small vocabulary, each in a folder of its own."""
    vocabulary = write_vocabulary(tmp_path / "vocab")

    def make(name: str) -> Station:
        folder = tmp_path / name
        folder.mkdir()
        station = make_station(Program(binary, folder), new_catalog(catalog_kind), folder / "station")
        station.run("vocab", "load", vocabulary, "--partial").must_exit(0)
        return station

    return make


def test_incremental_equals_full(new_station: Callable[[str], Station], tmp_path: pathlib.Path) -> None:
    """Ten rounds, or PLUGINLAKE_ROUNDS of them: `make stress` has two hundred on each catalog."""
    seed = int(os.environ.get("PLUGINLAKE_SEED", random.SystemRandom().randint(1, 1_000_000)))
    check_rounds(int(os.environ.get("PLUGINLAKE_ROUNDS", "10")), seed, new_station, tmp_path)


def test_replayed_arrivals_give_the_same_ids(new_station: Callable[[str], Station], tmp_path: pathlib.Path) -> None:
    """The same deliveries and runs in two stations give the same ids, with one thread and four, and full runs between."""
    world = World(random.Random(7))
    first, second = new_station("first"), new_station("second")
    for station, threads in ((first, "1"), (second, "4")):
        for name in ("DUCK", "SOURCES"):
            station.program.environment[f"PLUGINLAKE_{name}__THREADS"] = threads
    for number in range(4):
        delivery = write_delivery(tmp_path / f"{number}.json", world.edits())
        for station in (first, second):
            station.ingest(delivery)
            run(station)
        run(second, "--full")
    assert ids_of(first) == ids_of(second)
