"""FHIR to OMOP on the Synthea pack, whole: every row, and what became of every resource, against the oracle."""

import collections
import dataclasses
import gzip
import json
import pathlib
import zoneinfo
from typing import Any

import pytest
from omop_rows import TABLES, NaturalRows, facts, table_counts, written
from oracle.eras import condition_eras, drug_eras, ingredients
from oracle.resources import Delivery, Resource, lines_of
from oracle.tables import Expected
from oracle.vocabulary import Vocabulary
from station import Program, Station, make_station
from test_fhir_views import MASTER_BUNDLES, counted, rows_in_lake

# The station's zone is Europe/Amsterdam. Before 1970 releases of the time zone data differ in what that means; in the
# program's it is the clock of Brussels, and the patients have records since 1916.
ZONE = zoneinfo.ZoneInfo("Europe/Brussels")
CHANGED = "2453f668-ace3-aa4b-3b97-e17a185bbf92"
ACCOUNT = """
SELECT resource_type, CASE class WHEN 'excluded' THEN reason_code ELSE class END AS outcome, sum(resources)::BIGINT
FROM quality.account
GROUP BY ALL
"""
PLAUSIBILITY = """
SELECT rule, omop_table, sum(looked_at)::BIGINT, sum(broken)::BIGINT FROM quality.plausibility GROUP BY ALL
"""
UNBALANCED = """
SELECT omop_table, table_rows, entries FROM quality.row_account WHERE table_rows <> entries
UNION ALL SELECT omop_table, table_rows, entries FROM quality.master_account WHERE table_rows <> entries
"""


@dataclasses.dataclass(frozen=True)
class Step:
    """Files that come in together, and what must hold when all is computed then."""

    path: pathlib.Path
    delivery: Delivery
    expected: Expected


def ndjson(shared: pathlib.Path) -> list[pathlib.Path]:
    """The NDJSON files of the pack."""
    return sorted((shared / "data" / "synthea" / "ndjson").glob("*.ndjson.gz"))


def loaded(station: Station, shared: pathlib.Path, *deliveries: pathlib.Path) -> None:
    """Loads the vocabulary, takes the deliveries in and computes everything."""
    station.run("vocab", "load", shared / "data" / "omop" / "vocab", "--partial").must_exit(0)
    for delivery in deliveries:
        station.ingest(delivery)
    computed(station)


def computed(station: Station) -> dict[str, Any]:
    """Brings all assets up to date and returns the answer."""
    answer: dict[str, Any] = station.run("run", "--json").must_exit(0).json
    assert answer["status"] == "done"
    return answer


def must_be_as_expected(station: Station, step: Step) -> None:
    """Counts, rows and accounts are the oracle's; every resource is in one class; rows and entries balance."""
    expected = step.expected
    counts = table_counts(station)
    assert counts == {**dict.fromkeys(TABLES, 0), **expected.counts(), "cdm_source": 1}
    wanted = collections.Counter(tuple("" if v is None else str(v) for v in (r.table, *r.facts)) for r in expected.rows)
    found = facts(station)
    missing, surplus = wanted - found, found - wanted
    assert not missing, f"{missing.total()} rows are missing, such as {sorted(missing)[:3]}"
    assert not surplus, f"{surplus.total()} rows too many, such as {sorted(surplus)[:3]}"

    account: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for kind, outcome, resources in station.rows(ACCOUNT):
        account[kind][outcome] += resources
    assert account == {kind: outcomes for kind, outcomes in expected.classes.items() if outcomes}
    lines = {kind: len(keys) for kind, keys in step.delivery.keys_by_type.items()}
    assert {kind: outcomes.total() for kind, outcomes in account.items()} == lines
    assert station.rows(UNBALANCED) == []
    judged = {(rule, table): (looked_at, broken) for rule, table, looked_at, broken in station.rows(PLAUSIBILITY)}
    for (rule, table), (looked_at, broken) in judged.items():
        if rule == "outside_observation_period":
            assert looked_at == counts[table]
        assert broken == 0 or rule in ("value_as_text_only", "several_units_of_a_concept"), (rule, table)
    assert judged["duration_not_preserved", "visit_occurrence"][0] > 10_000


def must_have_eras(station: Station, above: dict[int, set[int]]) -> None:
    """The eras are those that follow from the records, one by one."""
    conditions = station.rows(
        "SELECT person_id, condition_concept_id, condition_start_date::VARCHAR, condition_end_date::VARCHAR "
        "FROM omop.condition_occurrence"
    )
    eras = station.rows(
        "SELECT person_id, condition_concept_id, condition_era_start_date::VARCHAR, condition_era_end_date::VARCHAR, "
        "condition_occurrence_count FROM omop.condition_era"
    )
    assert collections.Counter(map(tuple, eras)) == condition_eras(conditions)
    drugs = station.rows(
        "SELECT person_id, drug_concept_id, drug_exposure_start_date::VARCHAR, drug_exposure_end_date::VARCHAR, "
        "days_supply FROM omop.drug_exposure"
    )
    eras = station.rows(
        "SELECT person_id, drug_concept_id, drug_era_start_date::VARCHAR, drug_era_end_date::VARCHAR, "
        "drug_exposure_count, gap_days FROM omop.drug_era"
    )
    assert collections.Counter(map(tuple, eras)) == drug_eras(drugs, above)
    assert len(eras) > 100
    unique = "SELECT count(*) - count(DISTINCT drug_era_id) FROM omop.drug_era"
    assert station.rows(unique) == [[0]]


def patient_resources(shared: pathlib.Path, kind: str) -> list[Resource]:
    """Returns the changed patient's resources of a type."""
    path = shared / "data" / "synthea" / "ndjson" / f"{kind}.ndjson.gz"
    found = (json.loads(line) for line in lines_of(path) if CHANGED.encode() in line)
    return [r for r in found if CHANGED in json.dumps([r["id"], r.get("subject"), r.get("patient")])]


def write_ndjson(path: pathlib.Path, resources: list[Resource]) -> pathlib.Path:
    """Writes resources as a delivery."""
    path.write_text("".join(json.dumps(r, separators=(",", ":")) + "\n" for r in resources), encoding="utf-8")
    return path


def changes_of_a_patient(shared: pathlib.Path) -> list[Resource]:
    """Returns new versions of some resources of one patient, and new ones: each rule that Synthea leaves alone."""
    encounters = patient_resources(shared, "Encounter")
    conditions = patient_resources(shared, "Condition")
    observations = patient_resources(shared, "Observation")
    procedures = patient_resources(shared, "Procedure")
    requests = patient_resources(shared, "MedicationRequest")
    refuted = {"coding": [{"code": "refuted"}]}
    return [
        {**encounters[0], "status": "cancelled"},
        {**encounters[1], "partOf": {"reference": f"Encounter/{encounters[2]['id']}"}},
        {**encounters[3], "status": "entered-in-error"},
        {**conditions[0], "verificationStatus": refuted},
        {**conditions[1], "verificationStatus": {"coding": [{"code": "unconfirmed"}]}},
        {**conditions[2], "onsetDateTime": "1999"},
        {**observations[0], "status": "cancelled"},
        {**observations[1], "effectiveDateTime": "2015-07"},
        {name: value for name, value in observations[2].items() if name != "effectiveDateTime"},
        {**observations[3], "dataAbsentReason": {"text": "not asked"}},
        {**procedures[0], "code": {"coding": [{"system": "http://snomed.info/sct", "code": "unknown to all"}]}},
        {**procedures[1], "code": conditions[3]["code"]},
        {**procedures[2], "status": "not-done"},
        {**procedures[3], "id": "one-more", "performedPeriod": {"start": "2021-03-27T23:30:00Z"}},
        {**requests[0], "intent": "plan"},
        {**requests[1], "status": "on-hold"},
        {name: value for name, value in requests[2].items() if name != "authoredOn"},
    ]


@pytest.fixture(scope="session")
def steps(shared: pathlib.Path, tmp_path_factory: pytest.TempPathFactory) -> list[Step]:
    """All patients; one patient changed; that patient without a birth date; and with it again."""
    vocabulary = Vocabulary(shared / "data" / "omop" / "vocab")
    patient = patient_resources(shared, "Patient")[0]
    unborn = {name: value for name, value in patient.items() if name != "birthDate"}
    delivery = Delivery(ndjson(shared))
    found = [Step(shared / "data" / "synthea" / "ndjson", delivery, Expected(delivery, vocabulary, ZONE))]
    for number, resources in enumerate((changes_of_a_patient(shared), [unborn], [patient])):
        path = write_ndjson(tmp_path_factory.mktemp("changes") / f"{number}.ndjson", resources)
        delivery = Delivery([path], delivery)
        found.append(Step(path, delivery, Expected(delivery, vocabulary, ZONE)))
    return found


@pytest.fixture(scope="session")
def view_rows(shared: pathlib.Path) -> dict[str, int]:
    """How many rows each view of fhir.* must have, counted in the files."""
    return counted(json.loads(line) for path in ndjson(shared) for line in lines_of(path))


@pytest.fixture(scope="session")
def tables_by_catalog() -> dict[str, dict[str, pathlib.Path]]:
    """What each catalog's run left behind, for the comparison at the end."""
    return {}


@pytest.mark.slow
def test_counts(
    station: Station,
    catalog_kind: str,
    shared: pathlib.Path,
    steps: list[Step],
    view_rows: dict[str, int],
    tables_by_catalog: dict[str, dict[str, pathlib.Path]],
) -> None:
    """After each delivery, and when nothing new came."""
    loaded(station, shared, steps[0].path)
    assert rows_in_lake(station) == view_rows
    must_be_as_expected(station, steps[0])
    above = ingredients(shared / "data" / "omop" / "vocab")
    must_have_eras(station, above)
    tables_by_catalog[catalog_kind] = {
        table: written(station, f"whole_{table}", f"SELECT * FROM omop.{table} ORDER BY ALL") for table in TABLES
    }

    snapshots = station.rows("SELECT max(snapshot_id) FROM lineage.run")
    again = computed(station)
    assert {(asset["status"], asset["mode"]) for asset in again["assets"]} == {("skipped", "skipped")}
    assert again["snapshot_ids"] == []
    assert station.rows("SELECT max(snapshot_id) FROM lineage.run") == snapshots

    for step in steps[1:]:
        station.ingest(step.path)
        modes = {asset["key"]: asset["mode"] for asset in computed(station)["assets"]}
        assert modes["omop/measurement"] == modes["lineage/row_source"] == "incremental"
        must_be_as_expected(station, step)
        must_have_eras(station, above)


@pytest.mark.slow
def test_same_tables_on_both_catalogs(tables_by_catalog: dict[str, dict[str, pathlib.Path]]) -> None:
    """SQLite and PostgreSQL hold the same OMOP tables, ids included."""
    if len(tables_by_catalog) < 2:
        pytest.skip("needs the runs on both catalogs")
    for table in TABLES:
        sqlite, postgres = (tables_by_catalog[kind][table].read_bytes() for kind in ("sqlite", "postgres"))
        assert sqlite == postgres, f"omop.{table} differs"
        assert sqlite.count(b"\n") > 1, f"omop.{table} has no rows"


def bundle_keys(folder: pathlib.Path) -> set[tuple[str, str]]:
    """Returns type and id of every resource in the bundles."""
    found = set()
    for path in sorted(folder.glob("*.json.gz")):
        with gzip.open(path) as bundle:
            for entry in json.load(bundle)["entry"]:
                found.add((entry["resource"]["resourceType"], entry["resource"]["id"]))
    return found


def write_lines_of(paths: list[pathlib.Path], keys: set[tuple[str, str]], target: pathlib.Path) -> None:
    """Copies the lines of the resources that are among the keys."""
    target.mkdir()
    for path in paths:
        with (target / path.name.removesuffix(".gz")).open("wb") as out:
            for line in lines_of(path):
                resource = json.loads(line)
                if (resource["resourceType"], resource["id"]) in keys:
                    out.write(line)


@pytest.mark.slow
def test_bundles_give_the_rows_of_ndjson(pluginlake: Program, shared: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """The same 12 patients either way: all tables, all columns, ids by what they stand for."""
    bundles = shared / "data" / "synthea" / "bundles"
    write_lines_of(ndjson(shared), bundle_keys(bundles), tmp_path / "lines")
    masters = [next(bundles.glob(f"{name}*.json.gz")) for name in MASTER_BUNDLES]
    patients = sorted(set(bundles.glob("*.json.gz")) - set(masters))
    natural = []
    for name, deliveries in (("bundles", [*masters, *patients]), ("ndjson", [tmp_path / "lines"])):
        (tmp_path / name).mkdir()
        station = make_station(pluginlake, "sqlite", tmp_path / name / "station")
        loaded(station, shared, *deliveries)
        rows = NaturalRows(station)
        natural.append({table: rows.of_table(table) for table in TABLES})
    assert sum(rows.total() for rows in natural[0].values()) > 20_000
    for table in TABLES:
        from_bundles, from_ndjson = (tables[table] for tables in natural)
        only = [sorted(from_bundles - from_ndjson)[:2], sorted(from_ndjson - from_bundles)[:2]]
        assert from_bundles == from_ndjson, f"omop.{table}: only from bundles, only from NDJSON: {only}"
