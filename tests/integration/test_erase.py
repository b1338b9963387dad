"""Erasing a patient: a word planted in all that is theirs is afterwards in no file, no catalog and no record."""

import gzip
import json
import pathlib
import subprocess
import time
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow.parquet
import pytest
from postgres import BINARIES
from station import Program, Station, make_station
from test_fhir_views import smallest_patients

MARKER = "Uitgewist"
# What must stay as it is for a resource to be understood at all: everything else takes the marker.
KEPT = {
    "resourceType", "type", "status", "gender", "system", "url", "use", "mode", "intent", "unit", "comparator", "div",
    "contentType", "language",
}  # fmt: skip
IS_DATE = tuple(str(year) for year in range(1900, 2030))

Resource = dict[str, Any]


def planted(value: Any, name: str = "") -> Any:
    """Returns the value with the marker in every text that may be anything."""
    if isinstance(value, dict):
        return {key: planted(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [planted(each, name) for each in value]
    if not isinstance(value, str) or name in KEPT or value.startswith(IS_DATE):
        return value
    if name == "reference":
        return value
    if name == "div":
        return f"<div>{MARKER}</div>"
    return f"{value}-{MARKER}" if name in ("id", "code", "data") else f"{MARKER} {value}"


def renamed(text: str, ids: set[str]) -> str:
    """Returns the text with the ids of the patient's resources as the planted ones are: ended by the marker."""
    for each in ids:
        text = text.replace(f"/{each}", f"/{each}-{MARKER}").replace(f"urn:uuid:{each}", f"urn:uuid:{each}-{MARKER}")
    return text


def bundle_of(path: pathlib.Path) -> list[Resource]:
    """Returns the resources of a bundle, with references by type and id."""
    with gzip.open(path) as bundle:
        text = bundle.read().decode()
        entries = json.loads(text)["entry"]
    for entry in entries:
        text = text.replace(entry["fullUrl"], f"{entry['resource']['resourceType']}/{entry['resource']['id']}")
    return [entry["resource"] for entry in json.loads(text)["entry"]]


def lines(resources: list[Resource]) -> str:
    """Returns the resources as NDJSON."""
    return "".join(json.dumps(resource) + "\n" for resource in resources)


@pytest.fixture
def marked(shared: pathlib.Path, tmp_path: pathlib.Path) -> tuple[str, list[pathlib.Path]]:
    """A patient's id, and deliveries: theirs, in a file that is called after them; a refused record; a new version; others."""
    first, second = (bundle_of(path) for path in smallest_patients(shared))
    ids = {resource["id"] for resource in first}
    theirs = [planted(json.loads(renamed(json.dumps(resource), ids))) for resource in first]
    [patient] = [resource for resource in theirs if resource["resourceType"] == "Patient"]
    assert patient["id"].endswith(MARKER)
    assert json.dumps(theirs).count(MARKER) > 500
    refused = f'{{"resourceType":"Observation","id":"broken","subject":{{"reference":"Patient/{patient["id"]}"}},,}}\n'
    cut = f'{{"resourceType":"Condition","id":"{theirs[5]["id"]}","code":{{"text":"{MARKER}\n'
    own = tmp_path / f"{MARKER}.ndjson"
    own.write_text(lines(theirs) + refused + cut)
    newer = tmp_path / "newer.ndjson"
    changed = {**patient, "maritalStatus": {"text": MARKER}}
    practitioner = {"resourceType": "Practitioner", "id": "stays", "gender": "female"}
    newer.write_text(lines([changed, practitioner]))
    others = tmp_path / "others.ndjson"
    others.write_text(lines(second))
    return patient["id"], [others, own, newer]


def decoded(path: pathlib.Path) -> bytes:
    """Returns all that a Parquet file holds, its metadata too, as bytes that can be searched."""
    file = pyarrow.parquet.ParquetFile(path)
    return str(file.read().to_pydict()).encode() + str(file.metadata.to_dict()).encode() + path.read_bytes()


def everything(station: Station, server: pathlib.Path | None) -> Iterator[tuple[str, bytes]]:
    """Yields each place where something of the station lies, with all that it holds."""
    for path in sorted(station.folder.rglob("*")):
        if path.is_file():
            yield (
                str(path.relative_to(station.folder)),
                decoded(path) if path.suffix == ".parquet" else path.read_bytes(),
            )
    if station.catalog != "sqlite":
        dump = subprocess.run([BINARIES / "pg_dump", station.catalog], capture_output=True, check=True)
        yield "catalog", dump.stdout
        if server is not None:
            for path in sorted((server / "base").rglob("*")):
                if path.is_file():
                    yield f"server {path.name}", path.read_bytes()


def where(station: Station, server: pathlib.Path | None) -> list[str]:
    """Returns the places that hold the marker."""
    return [name for name, content in everything(station, server) if MARKER.lower().encode() in content.lower()]


@pytest.fixture
def server(request: pytest.FixtureRequest, catalog_kind: str) -> pathlib.Path | None:
    """The data folder of the PostgreSQL server, of a test on one."""
    if catalog_kind != "postgres":
        return None
    folder: pathlib.Path = request.getfixturevalue("postgres").folder
    return folder / "data"


def filled(station: Station, deliveries: list[pathlib.Path]) -> None:
    """Takes the deliveries in one after the other, and computes all after each."""
    for delivery in deliveries:
        station.ingest(delivery)
        station.run("run").must_exit(0)


def test_nothing_is_left(
    station: Station,
    marked: tuple[str, list[pathlib.Path]],
    server: pathlib.Path | None,
) -> None:
    """Before, the search finds it in files, catalog and records; after, nowhere; the others' rows are as they were."""
    patient, deliveries = marked
    filled(station, deliveries)
    places = where(station, server)
    assert any(name.endswith(".parquet") for name in places)
    assert any(name.startswith("catalog") for name in places)
    before = station.rows("SELECT count(*), count(DISTINCT patient_id) FROM fhir.resource")[0]

    answer = station.run("erase", f"Patient/{patient}", "--json").must_exit(0).json
    assert answer["rows"]["raw.fhir_resource"] > 60
    assert answer["rows"]["quality.quarantine"] == 2
    assert answer["files_rewritten"] > 0
    if server is not None:
        station.rows("SELECT 1")
    assert where(station, server) == []

    after = station.rows("SELECT count(*), count(DISTINCT patient_id) FROM fhir.resource")[0]
    assert after[1] == before[1] - 1
    assert station.rows("SELECT count(*) FROM omop.person") == [[1]]
    assert station.rows("SELECT count(*) FROM omop.provider") == [[1]]
    certificate = "SELECT status, files_rewritten > 0, snapshots_expired > 0, outside IS NOT NULL FROM quality.erasure"
    assert station.rows(certificate) == [["complete", True, True, True]]
    station.run("catalog", "fsck", "--deep").must_exit(0)
    plan = station.run("run", "--json").must_exit(0).json
    assert {asset["status"] for asset in plan["assets"]} == {"skipped"}
    station.run("erase", f"Patient/{patient}").must_exit(3)

    # what comes afterwards is computed by key, as ever
    change = deliveries[0].parent / "change.ndjson"
    resource = json.loads(deliveries[0].read_text().splitlines()[0])
    change.write_text(lines([{**resource, "language": "nl"}]))
    station.ingest(change)
    modes = {asset["key"]: asset["mode"] for asset in station.run("run", "--json").must_exit(0).json["assets"]}
    assert modes["fhir/resource"] == modes["omop/person"] == "incremental"


FAULTS = ("catalog.before_commit", "erase.rows_gone", "erase.rewritten", "erase.purged")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_killed_erasure_goes_on(
    station: Station, marked: tuple[str, list[pathlib.Path]], server: pathlib.Path | None, fault: str
) -> None:
    """Killed at each step, the same command completes it; the certificate says so once."""
    patient, deliveries = marked
    filled(station, deliveries[:2])
    killed = station.run("erase", f"Patient/{patient}", environment={"PLUGINLAKE_FAULT": fault})
    assert killed.exit_code < 0, killed.explain("it should have been killed")
    assert fault == "erase.purged" or where(station, server) != []

    station.run("erase", f"Patient/{patient}").must_exit(0)
    assert where(station, server) == []
    assert station.rows("SELECT status FROM quality.erasure") == [["complete"]]
    assert station.rows("SELECT count(*) FROM omop.person") == [[1]]
    station.run("catalog", "fsck", "--deep").must_exit(0)


def test_a_restored_station_erases_again(
    station: Station,
    marked: tuple[str, list[pathlib.Path]],
    new_catalog: Callable[[str], str],
    catalog_kind: str,
    tmp_path: pathlib.Path,
) -> None:
    """A backup from before has the patient; with the list of erasures they are gone before anybody reads."""
    patient, deliveries = marked
    filled(station, deliveries[:2])
    archive = tmp_path / "station.tar"
    station.run("backup", archive).must_exit(0)
    station.run("erase", f"Patient/{patient}").must_exit(0)
    erasures = station.folder / "erasures.json"
    assert MARKER not in erasures.read_text()
    assert erasures.stat().st_mode & 0o077 == 0

    catalog = new_catalog(catalog_kind)
    elsewhere = [] if catalog == "sqlite" else ["--catalog", catalog]
    folder = tmp_path / "restored"
    arguments = [archive, folder, "--erasures", erasures, *elsewhere]
    killed = station.program.run("restore", *arguments, environment={"PLUGINLAKE_FAULT": "erase.rows_gone"})
    assert killed.exit_code < 0, killed.explain("it should have been killed")
    restored = Station(station.program, folder, catalog)
    station.program.environment["PLUGINLAKE_STATION"] = str(folder)
    assert "PL-0246" in restored.run("query", "SELECT 1").must_exit(6).stderr

    restored.run("erase", "--pending").must_exit(0)
    assert where(restored, None) == []
    assert restored.rows("SELECT count(*) FROM omop.person") == [[1]]
    assert restored.rows("SELECT status FROM quality.erasure") == [["complete"]]
    assert (folder / "erasures.json").read_text() == erasures.read_text()
    assert restored.run("erase", "--pending", "--json").must_exit(0).json["patients"] == 0
    no_list = station.program.run("restore", archive, tmp_path / "other", "--erasures", tmp_path / "none.json")
    assert "PL-0248" in no_list.must_exit(3).stderr
    no_list = station.program.run("restore", archive, tmp_path / "other", "--erasures", deliveries[0], *elsewhere)
    assert "PL-0247" in no_list.stderr


def test_an_owner_that_stays_does_not_bring_it_back(
    station: Station, marked: tuple[str, list[pathlib.Path]], server: pathlib.Path | None
) -> None:
    """One process takes the patient in, erases them and goes on: what it remembers of files must not be written again."""
    patient, deliveries = marked
    station.ingest(deliveries[0])
    owner = station.program.start("query", "SELECT * FROM range(100000000000)", "--format", "csv")
    try:
        time.sleep(2)
        filled(station, deliveries[1:2])
        assert where(station, server) != []
        station.run("erase", f"Patient/{patient}").must_exit(0)
        more = deliveries[0].parent / "more.ndjson"
        more.write_text(
            lines([{"resourceType": "Patient", "id": "later", "gender": "male", "birthDate": "1980-01-01"}])
        )
        filled(station, [more])
        assert owner.poll() is None, "the owner should have stayed"
        assert where(station, server) == []
    finally:
        owner.kill()
        owner.wait()
    assert station.rows("SELECT count(*) FROM omop.person") == [[2]]


def test_a_list_of_nobody_keeps_nobody_waiting(pluginlake: Program, tmp_path: pathlib.Path) -> None:
    """A restored station that was given an empty list is open at once."""
    station = make_station(pluginlake, "sqlite", tmp_path / "station")
    station.run("backup", tmp_path / "station.tar").must_exit(0)
    (tmp_path / "nobody.json").write_text('{"key": "00", "patients": []}')
    pluginlake.run(
        "restore", tmp_path / "station.tar", tmp_path / "new", "--erasures", tmp_path / "nobody.json"
    ).must_exit(0)
    pluginlake.run("query", "SELECT 1", "--station", tmp_path / "new").must_exit(0)
