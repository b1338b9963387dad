"""The plug is pulled: at every named fault point and at random moments, on both catalogs, nothing is lost or doubled."""

import json
import pathlib
import random
import re
import signal
import time

import pytest
from station import Station

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
FAULT_POINTS = sorted(
    name
    for source in (REPOSITORY / "src").rglob("*.cpp")
    for name in re.findall(r'FaultPoint\("([a-z_.]+)"\)', source.read_text())
    if not name.startswith(("vocab.", "run.", "erase."))  # other files go through these
)
RANDOM_KILLS = 20
RECORDS = 3_000
SEED = 20261122

ORGANIZATION = {"resourceType": "Organization", "id": "o1", "identifier": [{"system": "urn:agb", "value": "01"}]}
BROKEN_LINE = '{"resourceType":"Patient","id":'


def patient(number: int) -> dict[str, object]:
    """Returns a patient who is treated by an organization known by its identifier only."""
    return {
        "resourceType": "Patient",
        "id": f"p{number}",
        "managingOrganization": {"reference": "Organization?identifier=urn:agb|01"},
    }


def write(path: pathlib.Path, *lines: object) -> pathlib.Path:
    """Writes resources, and texts as they are, as NDJSON."""
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(texts) + "\n")
    return path


def number(station: Station, sql: str) -> int:
    """Returns the only value of a query."""
    return int(station.rows(sql)[0][0])


def check_whole(station: Station, resources: int, quarantined: int) -> None:
    """The lake holds exactly this, each resource once, and fsck finds nothing."""
    station.run("catalog", "fsck").must_exit(0)
    assert number(station, "SELECT count(*) FROM raw.fhir_resource") == resources
    assert number(station, "SELECT count(DISTINCT (resource_type, resource_id)) FROM raw.fhir_resource") == resources
    assert number(station, "SELECT count(*) FROM quality.quarantine") == quarantined


def test_there_are_twenty_fault_points() -> None:
    """Each name stands once in the sources."""
    assert len(FAULT_POINTS) >= 20
    assert len(set(FAULT_POINTS)) == len(FAULT_POINTS)


@pytest.mark.parametrize("fault", FAULT_POINTS)
def test_killed_at_a_fault_point(station: Station, fault: str, tmp_path: pathlib.Path) -> None:
    """What was acknowledged stays, fsck is clean, and the next ingest completes the rest."""
    before = write(tmp_path / "before.ndjson", *(patient(n) for n in range(5)))
    station.ingest(before)
    rest = write(tmp_path / "rest.ndjson", *(patient(n) for n in range(5, 60)), ORGANIZATION, BROKEN_LINE)

    killed = station.run("ingest", rest, environment={"PLUGINLAKE_FAULT": fault})
    assert killed.exit_code == -signal.SIGKILL, killed.explain(f"{fault} was not reached")
    assert f"fault: {fault}\n" in killed.stderr

    station.run("catalog", "fsck").must_exit(0)
    stored = number(station, "SELECT count(*) FROM raw.fhir_resource")
    assert stored in (5, 61), "an ingest is there as a whole or not at all"
    if "committed: snapshot" in killed.stderr:
        assert stored == 61, "what was acknowledged was lost"

    station.ingest(rest)
    check_whole(station, resources=61, quarantined=1)
    pending = number(station, "SELECT count(*) FROM raw.fhir_reference_pending")
    assert pending == 0, "the first five found their organization"
    assert station.ingest(rest)["snapshot_id"] is None


def kill_at_random(station: Station, path: pathlib.Path, delay_s: float) -> tuple[bool, bool]:
    """Kills an ingest after the delay; returns whether it still ran then and whether it had acknowledged."""
    process = station.program.start("ingest", path)
    time.sleep(delay_s)
    was_running = process.poll() is None
    process.kill()
    _, stderr = process.communicate(timeout=60)
    return was_running, b"committed: snapshot" in stderr


@pytest.mark.slow
def test_killed_at_random_moments(station: Station, tmp_path: pathlib.Path) -> None:
    """Twenty kills at random moments of an ingest, each counted only if the process still ran."""
    rng = random.Random(SEED)
    kills = rounds = stored = 0
    window_s = 0.6
    while kills < RANDOM_KILLS:
        rounds += 1
        assert rounds < 200, "the ingest is over before it can be killed"
        path = write(tmp_path / f"{rounds}.ndjson", *(patient(rounds * RECORDS + n) for n in range(RECORDS)))
        was_running, acknowledged = kill_at_random(station, path, rng.uniform(0.02, window_s))
        kills += was_running
        window_s *= 1.0 if was_running else 0.9
        station.run("catalog", "fsck").must_exit(0)
        found = number(station, "SELECT count(*) FROM raw.fhir_resource") - stored
        assert found in (0, RECORDS), f"kill {kills} (seed {SEED}) left a part"
        assert found == RECORDS or not acknowledged, f"kill {kills} (seed {SEED}) lost what was acknowledged"
        answer = station.ingest(path)
        assert answer["stored"] + found == RECORDS, f"kill {kills} (seed {SEED}): the next ingest did not complete it"
        stored += RECORDS
    check_whole(station, resources=stored, quarantined=0)
