"""One process owns a station; what is typed elsewhere meanwhile goes through it, and nobody notices."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

PROGRAM = os.environ.get("PLUGINLAKE_BIN", "")
CATALOG = os.environ.get("PLUGINLAKE_TEST_CATALOG", "sqlite")
LONG_QUERY = "SELECT range AS n, repeat('x', 200) AS text FROM range(3000000)"
LONG_QUERY_LINES = 3_000_001
WAIT_S_MAX = 30.0

pytestmark = [
    pytest.mark.skipif(not PROGRAM, reason="PLUGINLAKE_BIN names no program"),
    pytest.mark.skipif(CATALOG != "sqlite", reason="test_owner_postgres covers the other catalog"),
]


class Station:
    """A fresh station, and the processes started on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[subprocess.Popen[bytes]] = []
        subprocess.run([PROGRAM, "init", str(folder)], check=True, capture_output=True, env=environment({}))

    def start(
        self, *args: str, cwd: Path | None = None, variables: dict[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [PROGRAM, *args, "--station", str(self.folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd or self.folder.parent,
            env=environment(variables or {}),
        )
        self.started.append(process)
        return process

    def run(
        self, *args: str, cwd: Path | None = None, variables: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        process = self.start(*args, cwd=cwd, variables=variables)
        out, err = process.communicate(timeout=60)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def start_owner(self, variables: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Starts a query whose output nobody reads yet: it owns the station until its pipe is emptied."""
        owner = self.start("query", LONG_QUERY, "--format", "csv", variables=variables)
        wait_until(lambda: self.socket.exists() and self.owner_pid() == owner.pid)
        return owner

    def start_forwarded(self, *args: str) -> subprocess.Popen[bytes]:
        """Starts a forwarded query, and returns when its first output is there; the rest waits in the pipe."""
        client = self.start(*(args or ("query", LONG_QUERY, "--format", "csv")))
        assert client.stdout is not None
        assert client.stdout.read(1) != b"", client.communicate()[1]
        return client

    def owner_pid(self) -> int | None:
        text = (self.folder / "run" / "owner.lock").read_text()
        return int(json.loads(text)["pid"]) if text.endswith("\n") else None

    @property
    def socket(self) -> Path:
        return self.folder / "run" / "pluginlake.sock"

    def count(self) -> int:
        answer = self.run("query", "SELECT count(*) AS n FROM raw.fhir_resource", "--format", "json")
        assert answer.returncode == 0, answer.stderr
        rows: list[dict[str, int]] = json.loads(answer.stdout)
        return rows[0]["n"]


def environment(variables: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLUGINLAKE_")}
    kept.update({name: value for name, value in os.environ.items() if name == "PLUGINLAKE_EXTENSION_DIR"})
    return kept | variables


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_S_MAX
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.01)


def write_patients(path: Path, first: int, count: int) -> Path:
    lines = [json.dumps({"resourceType": "Patient", "id": f"p{n}"}) for n in range(first, first + count)]
    path.write_text("\n".join(lines) + "\n")
    return path


def read_rest(process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    return process.communicate(timeout=120)


def document_of(out: bytes) -> Any:
    return json.loads(out)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    made = Station(tmp_path / "station")
    yield made
    for process in made.started:
        if process.poll() is None:
            process.kill()
            process.communicate()


def test_ingest_goes_through_while_a_query_streams(station: Station, tmp_path: Path) -> None:
    owner = station.start_owner()
    patients = write_patients(tmp_path / "a.ndjson", 0, 1000)
    ingest = station.run("ingest", str(patients), "--json")
    assert ingest.returncode == 0, ingest.stderr
    assert document_of(ingest.stdout)["stored"] == 1000
    assert owner.poll() is None
    out, _ = read_rest(owner)
    assert owner.returncode == 0
    assert out.count(b"\n") == LONG_QUERY_LINES
    assert station.count() == 1000


def test_forwarded_query_streams_while_another_ingests(station: Station, tmp_path: Path) -> None:
    owner = station.start_owner()
    reader = station.start_forwarded()
    patients = write_patients(tmp_path / "a.ndjson", 0, 10)
    ingest = station.run("ingest", str(patients), "--json")
    assert ingest.returncode == 0, ingest.stderr
    out, err = read_rest(reader)
    assert reader.returncode == 0, err
    assert out.count(b"\n") == LONG_QUERY_LINES
    read_rest(owner)


def test_verbs_typed_at_once_all_work(station: Station, tmp_path: Path) -> None:
    files = [write_patients(tmp_path / f"{n}.ndjson", n * 10, 10) for n in range(5)]
    ingests = [station.start("ingest", str(file), "--json") for file in files]
    answers = [ingest.communicate(timeout=60) for ingest in ingests]
    assert [ingest.returncode for ingest in ingests] == [0] * 5, [err for _, err in answers]
    assert sum(document_of(out)["stored"] for out, _ in answers) == 50
    assert station.count() == 50


def test_stale_lock_of_a_killed_owner_is_taken_over(station: Station) -> None:
    owner = station.start_owner()
    owner.kill()
    owner.communicate()
    assert station.socket.exists()
    assert station.count() == 0
    assert not station.socket.exists()


def test_foreign_owner_without_socket_is_named(station: Station) -> None:
    run = station.folder / "run"
    run.mkdir(mode=0o700, exist_ok=True)
    with (run / "owner.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write(json.dumps({"pid": os.getpid()}) + "\n")
        lock.flush()
        answer = station.run("query", "SELECT 1", variables={"PLUGINLAKE_OWNER__WAIT_MS_MAX": "500"})
    assert answer.returncode == 6, answer.stderr
    assert str(os.getpid()).encode() in answer.stderr
    assert b"PL-0602" in answer.stderr


def test_ingest_is_repeated_when_its_owner_dies(station: Station, tmp_path: Path) -> None:
    owner = station.start_owner({"PLUGINLAKE_FAULT": "ingest.before_answer"})
    patients = write_patients(tmp_path / "a.ndjson", 0, 100)
    ingest = station.run("ingest", str(patients), "--json")
    owner.communicate()
    assert owner.returncode == -signal.SIGKILL
    assert ingest.returncode == 0, ingest.stderr
    answer = document_of(ingest.stdout)
    assert answer["received"] == answer["stored"] + answer["unchanged"] == 100
    assert b"repeated" in ingest.stderr
    assert station.count() == 100


def test_query_ends_with_unavailable_when_its_owner_dies(station: Station) -> None:
    owner = station.start_owner()
    reader = station.start_forwarded()
    owner.kill()
    _, err = read_rest(reader)
    assert reader.returncode == 7, err
    assert b"PL-0609" in err


def test_owner_stays_for_forwarded_verbs(station: Station) -> None:
    owner = station.start_owner()
    reader = station.start_forwarded()
    said: list[bytes] = []
    listener = threading.Thread(target=lambda: said.extend(owner.communicate()))
    listener.start()
    time.sleep(1.0)
    assert owner.poll() is None
    read_rest(reader)
    listener.join()
    assert (owner.returncode, reader.returncode) == (0, 0)
    assert b"stays until 1 forwarded verb" in said[1]


def test_interrupt_at_the_client_leaves_the_owner_alone(station: Station) -> None:
    owner = station.start_owner()
    reader = station.start_forwarded()
    reader.send_signal(signal.SIGINT)
    read_rest(reader)
    assert reader.returncode == 130
    assert owner.poll() is None
    read_rest(owner)
    assert owner.returncode == 0


def test_interrupt_at_the_owner_ends_forwarded_verbs(station: Station) -> None:
    owner = station.start_owner()
    reader = station.start_forwarded()
    owner.send_signal(signal.SIGINT)
    _, err = read_rest(reader)
    assert reader.returncode == 7, err
    read_rest(owner)
    assert owner.returncode == 130


def test_client_that_goes_away_ends_its_verb(station: Station) -> None:
    owner = station.start_owner()
    reader = station.start_forwarded()
    reader.kill()
    reader.communicate()
    _, err = read_rest(owner)
    assert owner.returncode == 0
    assert b"stays" not in err or owner.poll() is not None


def test_forwarded_output_file_is_written_by_the_client(station: Station, tmp_path: Path) -> None:
    owner = station.start_owner()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    answer = station.run("query", "SELECT 42 AS n", "--format", "csv", "-o", "answer.csv", cwd=elsewhere)
    assert answer.returncode == 0, answer.stderr
    assert (elsewhere / "answer.csv").read_text() == "n\n42\n"
    failed = station.run("query", "SELECT nothing", "--format", "csv", "-o", "none.csv", cwd=elsewhere)
    assert failed.returncode == 2
    assert sorted(path.name for path in elsewhere.iterdir()) == ["answer.csv"]
    read_rest(owner)


def test_forwarded_paths_count_from_the_clients_folder(station: Station, tmp_path: Path) -> None:
    owner = station.start_owner()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    write_patients(elsewhere / "a.ndjson", 0, 3)
    answer = station.run("ingest", "a.ndjson", "--json", cwd=elsewhere)
    assert answer.returncode == 0, answer.stderr
    absent = station.run("ingest", "absent.ndjson", "--json", cwd=elsewhere)
    assert absent.returncode == 3, absent.stderr
    read_rest(owner)
    sources = station.run("query", "SELECT DISTINCT source FROM raw.fhir_resource", "--format", "json")
    assert document_of(sources.stdout) == [{"source": "a.ndjson"}]


def test_forwarded_fifo_never_blocks(station: Station, tmp_path: Path) -> None:
    owner = station.start_owner()
    os.mkfifo(tmp_path / "fifo.ndjson")
    answer = station.run("ingest", str(tmp_path / "fifo.ndjson"))
    assert answer.returncode in (2, 8), answer.stderr
    assert b"fifo.ndjson" in answer.stderr + answer.stdout
    read_rest(owner)


def test_station_with_a_long_path(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100) / ("e" * 100)
    deep.mkdir(parents=True)
    station = Station(deep / "station")
    owner = station.start_owner()
    assert station.run("query", "SELECT 1 AS n", "--format", "csv").stdout == b"n\n1\n"
    read_rest(owner)
    assert owner.returncode == 0


def test_lock_and_socket_are_closed_to_others(station: Station) -> None:
    owner = station.start_owner()
    assert (station.folder / "run").stat().st_mode & 0o777 == 0o700
    assert station.socket.stat().st_mode & 0o777 == 0o600
    assert (station.folder / "run" / "owner.lock").stat().st_mode & 0o077 == 0
    read_rest(owner)
