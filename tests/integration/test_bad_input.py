"""Broken, odd and hostile input is counted, named and kept apart; what is sound around it is stored.

Each file of tests/data/bad_input has a line in expected.csv: exit code, counts, reason codes. Files too large to keep
are made from recipes.toml.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parent.parent / "data" / "bad_input"
COUNTS = ("received", "stored", "unchanged", "superseded", "deleted", "quarantined")
SECONDS_MAX = 120
MEMORY_KB_MAX = 1_000_000
NOBODY = 65534
PIECE_BYTES = 1 << 20


def expected_lines() -> list[dict[str, str]]:
    with (DATA / "expected.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def recipes() -> dict[str, dict[str, Any]]:
    with (DATA / "recipes.toml").open("rb") as file:
        return {recipe["name"]: recipe for recipe in tomllib.load(file)["file"]}


def make_file(recipe: dict[str, Any], path: Path) -> None:
    """Writes the parts of a recipe piece by piece, so that the test itself stays small."""
    with gzip.open(path, "wb", compresslevel=6) if recipe.get("pack") == "gzip" else path.open("wb") as file:
        for part in recipe["parts"]:
            text = part["text"].encode()
            times = part.get("times", 1)
            at_once = max(1, PIECE_BYTES // len(text))
            for begin in range(0, times, at_once):
                file.write(text * min(at_once, times - begin))


class Station:
    """A station and the verbs run on it."""

    def __init__(self, program: str, folder: Path, user: int | None) -> None:
        self.program = program
        self.folder = folder
        self.user = user

    def run(self, *args: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PLUGINLAKE")}
        environment |= {"PLUGINLAKE_STATION": str(self.folder), **variables}
        return subprocess.run(
            [self.program, *args],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS_MAX,
            user=self.user,
            cwd=self.folder.parent,
            check=False,
        )

    def init(self) -> None:
        done = self.run("init", str(self.folder))
        assert done.returncode == 0, done.stderr

    def ingest(self, path: Path, *more: str) -> tuple[int, dict[str, Any]]:
        done = self.run("ingest", str(path), "--json", *more)
        assert done.returncode >= 0, f"killed by signal {-done.returncode}: {done.stderr}"
        assert done.stdout.strip(), done.stderr
        return done.returncode, json.loads(done.stdout)


def error_of(done: subprocess.CompletedProcess[str]) -> str:
    """Returns all that a failed verb said, and makes sure that it said it as errors are said."""
    assert done.returncode > 0, done
    assert "error[PL-" in done.stderr, done.stderr
    assert "fix:" in done.stderr, done.stderr
    return done.stderr


@pytest.fixture(scope="module")
def binary(request: pytest.FixtureRequest) -> str:
    path = request.config.getoption("--binary", default=None) or os.environ.get("PLUGINLAKE_BIN", "")
    if not path:
        pytest.skip("no program to test: --binary or PLUGINLAKE_BIN")
    return str(Path(path).resolve())


@pytest.fixture(scope="module")
def shared_station(binary: str, tmp_path_factory: pytest.TempPathFactory) -> Station:
    station = Station(binary, tmp_path_factory.mktemp("bad_input") / "station", None)
    station.init()
    return station


@pytest.fixture
def station(binary: str, tmp_path: Path) -> Station:
    fresh = Station(binary, tmp_path / "station", None)
    fresh.init()
    return fresh


@pytest.fixture
def nobodys_station(binary: str) -> Iterator[Station]:
    """A station of a user whom rights bind; root, whom they do not, acts as nobody."""
    folder = Path(tempfile.mkdtemp(prefix="pluginlake-"))
    user = NOBODY if os.geteuid() == 0 else None
    if user is not None:
        os.chown(folder, NOBODY, NOBODY)
    station = Station(binary, folder / "station", user)
    try:
        station.run("version")
    except PermissionError:
        shutil.rmtree(folder)
        pytest.skip("the program lies where another user may not reach it")
    station.init()
    yield station
    subprocess.run(["chmod", "-R", "u+rwx", str(folder)], check=True)
    shutil.rmtree(folder)


@pytest.mark.parametrize("line", expected_lines(), ids=lambda line: str(line["file"]))
def test_file_counts_as_expected(line: dict[str, str], shared_station: Station, tmp_path: Path) -> None:
    path = DATA / "files" / line["file"]
    recipe = recipes().get(line["file"])
    if recipe is not None:
        path = tmp_path / line["file"]
        make_file(recipe, path)
    code, answer = shared_station.ingest(path)
    assert {name: answer[name] for name in COUNTS} == {name: int(line[name]) for name in COUNTS}
    assert {name: answer["files"][0][name] for name in COUNTS} == {name: int(line[name]) for name in COUNTS}
    reasons = Counter(problem["reason_code"] for problem in answer["problems"])
    assert " ".join(f"{reason}:{count}" for reason, count in sorted(reasons.items())) == line["reasons"]
    assert code == int(line["exit"])
    if recipe is not None:
        path.unlink()


def test_same_bad_files_again_add_nothing(shared_station: Station) -> None:
    """A broken record sent again counts as quarantined, and makes neither a second row nor a snapshot."""
    path = DATA / "files" / "wrong_types.ndjson"
    shared_station.ingest(path)
    rows = json.loads(shared_station.run("quarantine", "list", "--json").stdout)["items"]
    code, answer = shared_station.ingest(path)
    assert (code, answer["quarantined"], answer["unchanged"], answer["snapshot_id"]) == (0, 5, 1, None)
    assert json.loads(shared_station.run("quarantine", "list", "--json").stdout)["items"] == rows


def test_strict_commits_nothing(station: Station) -> None:
    code, answer = station.ingest(DATA / "files" / "cut_line.ndjson", "--strict")
    assert (code, answer["snapshot_id"], len(answer["problems"])) == (5, None, 1)
    code, answer = station.ingest(DATA / "files" / "cut_line.ndjson", "--fail-on", "quarantine")
    assert (code, answer["stored"]) == (5, 2)


def test_large_input_takes_little_memory(station: Station, tmp_path: Path) -> None:
    for name in ("line_100mb.ndjson", "bomb.ndjson.gz"):
        path = tmp_path / name
        make_file(recipes()[name], path)
        script = f'ulimit -v unlimited; exec "{station.program}" ingest "{path}" --json'
        process = subprocess.Popen(
            ["/bin/sh", "-c", script],
            env={**os.environ, "PLUGINLAKE_STATION": str(station.folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        assert usage.ru_maxrss < MEMORY_KB_MAX, name


def test_missing_path_is_not_found(station: Station) -> None:
    done = station.run("ingest", "nothing-here.ndjson")
    assert done.returncode == 3
    assert "nothing-here.ndjson" in error_of(done)


def test_fifo_is_refused_at_once(station: Station, tmp_path: Path) -> None:
    fifo = tmp_path / "pipe.ndjson"
    os.mkfifo(fifo)
    done = station.run("ingest", str(fifo))
    assert done.returncode == 2
    assert "FIFO" in error_of(done)
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "folder" / "pipe.ndjson")
    code, answer = station.ingest(tmp_path / "folder")
    assert (code, answer["received"], len(answer["skipped"])) == (0, 0, 1)


def test_socket_and_device_are_refused(station: Station, tmp_path: Path) -> None:
    listener = socket.socket(socket.AF_UNIX)
    os.chdir(tmp_path)
    listener.bind("socket.ndjson")
    for path in (str(tmp_path / "socket.ndjson"), "/dev/zero"):
        done = station.run("ingest", path)
        assert done.returncode == 2
        assert path in error_of(done)
    listener.close()


def test_file_and_folder_without_rights(nobodys_station: Station) -> None:
    folder = nobodys_station.folder.parent / "input"
    (folder / "closed").mkdir(parents=True)
    for name in ("open.ndjson", "closed.ndjson", "closed/inside.ndjson"):
        (folder / name).write_text(f'{{"resourceType":"Patient","id":"{Path(name).stem}"}}\n')
    (folder / "closed.ndjson").chmod(0)
    (folder / "closed").chmod(0)
    if nobodys_station.user is not None:
        subprocess.run(["chown", "-R", str(NOBODY), str(folder)], check=True)
    for path in (folder / "closed.ndjson", folder / "closed"):
        code, answer = nobodys_station.ingest(path)
        assert (code, answer["received"], len(answer["files"])) == (8, 0, 1)
        assert answer["files"][0]["error"]
    code, answer = nobodys_station.ingest(folder)
    assert (code, answer["received"], answer["stored"]) == (8, 1, 1)
    assert sorted(bool(file.get("error")) for file in answer["files"]) == [False, True, True]


def test_unwritable_station(nobodys_station: Station) -> None:
    for folder in (nobodys_station.folder / "data", nobodys_station.folder):
        folder.chmod(0o500)
        done = nobodys_station.run("ingest", str(DATA / "files" / "blank_lines.ndjson"))
        folder.chmod(0o700)
        error_of(done)
    code, answer = nobodys_station.ingest(DATA / "files" / "blank_lines.ndjson")
    assert (code, answer["stored"]) == (0, 2)


def test_full_disk(binary: str, tmp_path: Path) -> None:
    """A station on a small disk: the ingest fails and says so, nothing of it is there, and room made mends it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)], check=False)
    if mounted.returncode != 0:
        pytest.skip("a small disk cannot be mounted here")
    try:
        station = Station(binary, disk / "station", None)
        station.init()
        large = tmp_path / "large.ndjson"
        with large.open("w") as file:
            for number in range(4000):
                noise = os.urandom(8192).hex()
                file.write(f'{{"resourceType":"Binary","id":"{number}","data":"{noise}"}}\n')
        done = station.run("ingest", str(large))
        assert done.returncode == 1, done
        error_of(done)
        rows = station.run("query", "SELECT count(*) AS n FROM raw.fhir_resource", "--format", "csv")
        assert rows.stdout.split() == ["n", "0"], rows.stderr
        subprocess.run(["mount", "-o", "remount,size=400m", str(disk)], check=True)
        code, answer = station.ingest(large)
        assert (code, answer["stored"]) == (0, 4000)
        fsck = station.run("catalog", "fsck")
        assert fsck.returncode == 0, fsck.stdout
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.parametrize("damage", ["garbage", "empty", "cut", "another_database"])
def test_corrupt_catalog_file(station: Station, damage: str) -> None:
    """A catalog that is none is an error with a way out; the file is left as it is."""
    catalog = station.folder / "catalog.sqlite"
    for rest in station.folder.glob("catalog.sqlite-*"):
        rest.unlink()
    if damage == "garbage":
        catalog.write_bytes(os.urandom(40_000))
    elif damage == "empty":
        catalog.write_bytes(b"")
    elif damage == "cut":
        catalog.write_bytes(catalog.read_bytes()[:5000])
    else:
        catalog.unlink()
        with sqlite3.connect(catalog) as connection:
            connection.execute("CREATE TABLE notes (text)")
    before = catalog.read_bytes()
    done = station.run("ingest", str(DATA / "files" / "blank_lines.ndjson"))
    error_of(done)
    assert catalog.read_bytes()[: len(before)] == before


def test_missing_extension(station: Station, tmp_path: Path) -> None:
    done = station.run("ingest", str(DATA / "files" / "empty.json"), "--set", f"duck.extension_directory={tmp_path}")
    assert done.returncode == 7
    assert "ducklake" in error_of(done)


def test_unknown_setting_offers_the_nearest_name(station: Station) -> None:
    with (station.folder / "pluginlake.toml").open("a") as file:
        file.write("\n[sources]\nresource_mb_mx = 1\n")
    done = station.run("ingest", str(DATA / "files" / "empty.json"))
    assert done.returncode == 2
    assert "sources.resource_mb_max" in error_of(done)


def test_three_wrong_settings_are_told_at_once(station: Station) -> None:
    with (station.folder / "pluginlake.toml").open("a") as file:
        file.write('\n[sources]\ndepth_max = "deep"\nfiles_max = 0\n\n[log]\nlevel = "loud"\n')
    done = station.run("ingest", str(DATA / "files" / "empty.json"))
    assert done.returncode == 2
    said = error_of(done)
    for key in ("sources.depth_max", "sources.files_max", "log.level"):
        assert key in said
