"""One process owns a station; what is typed elsewhere meanwhile goes through it, and nobody notices."""

import contextlib
import dataclasses
import fcntl
import json
import os
import pathlib
import select
import signal
import subprocess
import threading
import time
from collections.abc import Iterator

import pytest
from station import Answer, Program, Station, make_station

LONG_QUERY = "SELECT range AS n, repeat('x', 200) AS text FROM range(3000000)"
LONG_QUERY_LINES = 3_000_001
WAIT_S_MAX = 60.0

Process = subprocess.Popen[bytes]


@dataclasses.dataclass
class House:
    """A station in which several processes are at work at once."""

    station: Station
    started: list[Process] = dataclasses.field(default_factory=list)

    def start(
        self, *arguments: object, folder: pathlib.Path | None = None, environment: dict[str, str] | None = None
    ) -> Process:
        """Starts a verb, in another working directory if one is given."""
        program = self.station.program
        process = dataclasses.replace(program, folder=folder or program.folder).start(
            *arguments, environment=environment
        )
        self.started.append(process)
        return process

    def run(self, *arguments: object, folder: pathlib.Path | None = None) -> Answer:
        """Runs a verb to its end, in another working directory if one is given."""
        program = self.station.program
        return dataclasses.replace(program, folder=folder or program.folder).run(*arguments)

    def start_owner(self, environment: dict[str, str] | None = None) -> Process:
        """Starts a query whose output nobody reads yet: it owns the station until its pipe is emptied."""
        owner = self.start("query", LONG_QUERY, "--format", "csv", environment=environment)
        wait_for_output(owner)
        assert self.owner_pid() == owner.pid
        return owner

    def start_forwarded(self) -> Process:
        """Starts a query that the owner runs, and returns when its first output is there; the rest waits."""
        client = self.start("query", LONG_QUERY, "--format", "csv")
        wait_for_output(client)
        assert self.owner_pid() != client.pid
        return client

    def owner_pid(self) -> int:
        return int(json.loads((self.station.folder / "run" / "owner.lock").read_text())["pid"])

    @property
    def socket(self) -> pathlib.Path:
        return self.station.folder / "run" / "pluginlake.sock"

    def count(self) -> int:
        return int(self.station.rows("SELECT count(*) AS n FROM raw.fhir_resource")[0][0])


def wait_for_output(process: Process) -> None:
    """Returns when the process wrote to stdout; takes nothing of it away."""
    assert process.stdout is not None
    readable, _, _ = select.select([process.stdout], [], [], WAIT_S_MAX)
    assert readable, "no output"
    time.sleep(0.05)
    assert process.poll() is None, process.communicate()[1]


def write_patients(path: pathlib.Path, first: int, count: int) -> pathlib.Path:
    lines = [json.dumps({"resourceType": "Patient", "id": f"p{n}"}) for n in range(first, first + count)]
    path.write_text("\n".join(lines) + "\n")
    return path


def read_rest(process: Process) -> tuple[bytes, bytes]:
    return process.communicate(timeout=300)


@pytest.fixture
def house(station: Station) -> Iterator[House]:
    made = House(station)
    yield made
    for process in made.started:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.communicate()


def test_ingest_goes_through_while_a_query_streams(house: House, tmp_path: pathlib.Path) -> None:
    owner = house.start_owner()
    answer = house.station.ingest(write_patients(tmp_path / "a.ndjson", 0, 1000))
    assert answer["stored"] == 1000
    assert owner.poll() is None
    out, err = read_rest(owner)
    assert owner.returncode == 0, err
    assert out.count(b"\n") == LONG_QUERY_LINES
    assert house.count() == 1000


def test_forwarded_query_streams_while_another_ingests(house: House, tmp_path: pathlib.Path) -> None:
    owner = house.start_owner()
    reader = house.start_forwarded()
    assert house.station.ingest(write_patients(tmp_path / "a.ndjson", 0, 10))["stored"] == 10
    out, err = read_rest(reader)
    assert reader.returncode == 0, err
    assert out.count(b"\n") == LONG_QUERY_LINES
    read_rest(owner)


def test_verbs_typed_at_once_all_work(house: House, tmp_path: pathlib.Path) -> None:
    files = [write_patients(tmp_path / f"{n}.ndjson", n * 10, 10) for n in range(4)]
    ingests = [house.start("ingest", file, "--json") for file in files]
    answers = [read_rest(ingest) for ingest in ingests]
    assert [ingest.returncode for ingest in ingests] == [0] * 4, [err for _, err in answers]
    assert sum(json.loads(out)["stored"] for out, _ in answers) == 40
    assert house.count() == 40


def test_stale_lock_of_a_killed_owner_is_taken_over(house: House) -> None:
    owner = house.start_owner()
    owner.kill()
    owner.communicate()
    assert house.socket.exists()
    assert house.count() == 0
    assert not house.socket.exists()


def test_foreign_owner_without_socket_is_named(house: House) -> None:
    run = house.station.folder / "run"
    run.mkdir(mode=0o700, exist_ok=True)
    with (run / "owner.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write(json.dumps({"pid": os.getpid()}) + "\n")
        lock.flush()
        answer = house.station.run("query", "SELECT 1", environment={"PLUGINLAKE_OWNER__WAIT_MS_MAX": "500"})
    answer.must_exit(6)
    assert f"pid {os.getpid()}" in answer.stderr
    assert "PL-0602" in answer.stderr


def test_ingest_is_repeated_when_its_owner_dies(house: House, tmp_path: pathlib.Path) -> None:
    owner = house.start_owner({"PLUGINLAKE_FAULT": "catalog.before_commit"})
    answer = house.run("ingest", write_patients(tmp_path / "a.ndjson", 0, 100), "--json").must_exit(0)
    owner.communicate()
    assert owner.returncode == -signal.SIGKILL
    assert answer.json["received"] == answer.json["stored"] == 100
    assert "repeated" in answer.stderr
    assert house.count() == 100


def test_query_ends_with_unavailable_when_its_owner_dies(house: House) -> None:
    owner = house.start_owner()
    reader = house.start_forwarded()
    owner.kill()
    _, err = read_rest(reader)
    assert reader.returncode == 7, err
    assert b"PL-0609" in err


def test_owner_stays_for_forwarded_verbs(house: House) -> None:
    owner = house.start_owner()
    reader = house.start_forwarded()
    said: list[bytes] = []
    listener = threading.Thread(target=lambda: said.extend(owner.communicate()))
    listener.start()
    listener.join(timeout=10)
    assert owner.poll() is None
    read_rest(reader)
    listener.join()
    assert (owner.returncode, reader.returncode) == (0, 0)
    assert b"stays until 1 forwarded verb" in said[1]


def test_interrupt_at_the_client_leaves_the_owner_alone(house: House) -> None:
    owner = house.start_owner()
    reader = house.start_forwarded()
    reader.send_signal(signal.SIGINT)
    read_rest(reader)
    assert reader.returncode == 130
    assert owner.poll() is None
    read_rest(owner)
    assert owner.returncode == 0


def test_interrupt_at_the_owner_ends_forwarded_verbs(house: House) -> None:
    owner = house.start_owner()
    reader = house.start_forwarded()
    owner.send_signal(signal.SIGINT)
    _, err = read_rest(reader)
    assert reader.returncode == 7, err
    read_rest(owner)
    assert owner.returncode == 130


def test_client_that_goes_away_ends_its_verb(house: House) -> None:
    owner = house.start_owner()
    reader = house.start_forwarded()
    reader.kill()
    reader.communicate()
    read_rest(owner)
    assert owner.returncode == 0


def test_forwarded_output_file_is_written_by_the_client(house: House, tmp_path: pathlib.Path) -> None:
    owner = house.start_owner()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    options = ("--format", "csv", "-o")
    house.run("query", "SELECT 42 AS n", *options, "answer.csv", folder=elsewhere).must_exit(0)
    assert (elsewhere / "answer.csv").read_text() == "n\n42\n"
    house.run("query", "SELECT nothing", *options, "none.csv", folder=elsewhere).must_exit(2)
    assert [path.name for path in elsewhere.iterdir()] == ["answer.csv"]
    read_rest(owner)


def test_forwarded_paths_count_from_the_clients_folder(house: House, tmp_path: pathlib.Path) -> None:
    owner = house.start_owner()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    write_patients(elsewhere / "a.ndjson", 0, 3)
    house.run("ingest", "a.ndjson", folder=elsewhere).must_exit(0)
    house.run("ingest", "absent.ndjson", folder=elsewhere).must_exit(3)
    read_rest(owner)
    assert house.station.rows("SELECT DISTINCT source FROM raw.fhir_resource") == [["a.ndjson"]]


def test_forwarded_fifo_never_blocks(house: House, tmp_path: pathlib.Path) -> None:
    owner = house.start_owner()
    os.mkfifo(tmp_path / "fifo.ndjson")
    answer = house.run("ingest", tmp_path / "fifo.ndjson")
    assert answer.exit_code in (2, 8), answer.explain("2 or 8")
    assert "fifo.ndjson" in answer.stderr + answer.stdout
    read_rest(owner)


def test_lock_and_socket_are_closed_to_others(house: House) -> None:
    owner = house.start_owner()
    run = house.station.folder / "run"
    assert run.stat().st_mode & 0o777 == 0o700
    assert house.socket.stat().st_mode & 0o777 == 0o600
    assert (run / "owner.lock").stat().st_mode & 0o077 == 0
    read_rest(owner)


def test_station_with_a_long_path(pluginlake: Program, tmp_path: pathlib.Path) -> None:
    deep = tmp_path / ("d" * 100) / ("e" * 100)
    deep.mkdir(parents=True)
    house = House(make_station(pluginlake, "sqlite", deep / "station"))
    owner = house.start_owner()
    assert house.run("query", "SELECT 1 AS n", "--format", "csv").stdout == "n\n1\n"
    read_rest(owner)
    assert owner.returncode == 0
