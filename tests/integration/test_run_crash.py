"""A run is killed: at its named fault points and at random moments, on both catalogs; the next one completes it."""

import pathlib
import random
import re
import signal
import time
from collections.abc import Callable

import pytest
from small_world import World, write_delivery, write_vocabulary
from station import Program, Station, make_station

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
FAULT_POINTS = sorted(
    name
    for source in (REPOSITORY / "src").rglob("*.cpp")
    for name in re.findall(r'FaultPoint\("(run\.[a-z_]+)"\)', source.read_text())
)
RANDOM_KILLS = 20
SEED = 20261124

# What the lake must hold whatever was killed: rows and the resources they come from, ids left out.
STATE = """
SELECT 'row' AS what, omop_table || ' ' || resource_type || '/' || resource_id || ' ' || part AS name, count(*) AS n
FROM lineage.row_source WHERE retired_run_id IS NULL GROUP BY ALL
UNION ALL SELECT 'measurement', measurement_concept_id || ' ' || coalesce(value_as_number, 0), count(*) FROM omop.measurement GROUP BY ALL
UNION ALL SELECT 'person', person_source_value, count(*) FROM omop.person GROUP BY ALL
UNION ALL SELECT 'account', resource_type || ' ' || class, sum(resources) FROM quality.account GROUP BY ALL
UNION ALL SELECT 'doubled', omop_table, count(*) - count(DISTINCT row_id) FROM lineage.row_source WHERE retired_run_id IS NULL GROUP BY ALL
"""


def state_of(station: Station) -> list[str]:
    """Returns what the station holds, in an order of its own."""
    return sorted(map(str, station.rows(STATE)))


@pytest.fixture
def deliveries(tmp_path: pathlib.Path) -> list[pathlib.Path]:
    """Three deliveries of one small world."""
    world = World(random.Random(SEED))
    paths = []
    for number in range(3):
        sent = [resource for _ in range(6) for resource in world.edits()]
        paths.append(write_delivery(tmp_path / f"{number}.json", sent))
    return paths


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


def test_there_are_fault_points() -> None:
    """Before and after computing, before and after writing."""
    assert len(FAULT_POINTS) >= 3


@pytest.mark.slow
def test_killed_runs_are_completed_by_the_next(
    new_station: Callable[[str], Station], deliveries: list[pathlib.Path]
) -> None:
    """Fault points first, then twenty random moments; what is committed stands, nothing is doubled, and it all ends as
    in a station where nothing was killed."""
    calm, killed = new_station("calm"), new_station("killed")
    for delivery in deliveries:
        calm.ingest(delivery)
        calm.run("run").must_exit(0)
    expected = state_of(calm)

    killed.ingest(deliveries[0])
    for fault in FAULT_POINTS:
        answer = killed.run("run", "--full", environment={"PLUGINLAKE_FAULT": fault})
        assert answer.exit_code == -signal.SIGKILL, answer.explain(f"{fault} was not reached")
        killed.run("catalog", "fsck").must_exit(0)
    killed.run("run").must_exit(0)
    killed.ingest(deliveries[1])
    kills = rounds = 0
    rng = random.Random(SEED)
    window_s = 2.0
    while kills < RANDOM_KILLS:
        rounds += 1
        assert rounds < 100, "the run is over before it can be killed"
        if rounds == RANDOM_KILLS // 2:
            killed.ingest(deliveries[2])
        process = killed.program.start("run", "--full", "--set", "assets.wave_assets_max=7")
        time.sleep(rng.uniform(0.05, window_s))
        was_running = process.poll() is None
        process.kill()
        process.communicate(timeout=60)
        kills += was_running
        window_s *= 1.0 if was_running else 0.9
        killed.run("catalog", "fsck").must_exit(0)
    if rounds < RANDOM_KILLS // 2:
        killed.ingest(deliveries[2])
    killed.run("run").must_exit(0)
    assert state_of(killed) == expected
    assert killed.run("run", "--full", "--json").must_exit(0).json["snapshot_ids"] == []
    statuses = {run["status"] for run in killed.run("runs", "list", "--json").must_exit(0).json["runs"]}
    assert "running" not in statuses
