"""Bad surroundings: no rights, no room, no file, a broken catalog, wrong settings: an error with a way out, no harm."""

import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from bad_input import FILES, error_of, ingest
from station import Program, Station, make_station

NOBODY = 65534


@pytest.fixture
def station(pluginlake: Program, tmp_path: Path) -> Station:
    """A fresh station for what no catalog has a say in."""
    return make_station(pluginlake, "sqlite", tmp_path / "station")


@pytest.fixture
def nobodys_station(binary: Path) -> Iterator[Station]:
    """A station of a user whom rights bind; root, whom they do not, acts as nobody."""
    folder = Path(tempfile.mkdtemp(prefix="pluginlake-"))
    program = Program(binary, folder, user=NOBODY if os.geteuid() == 0 else None)
    if program.user is not None:
        os.chown(folder, NOBODY, NOBODY)
    try:
        program.run("version")
    except PermissionError:
        shutil.rmtree(folder)
        pytest.skip("the program lies where another user may not reach it")
    yield make_station(program, "sqlite", folder / "station")
    subprocess.run(["chmod", "-R", "u+rwx", str(folder)], check=True)
    shutil.rmtree(folder)


def test_missing_path_is_not_found(station: Station) -> None:
    done = station.run("ingest", "nothing-here.ndjson")
    assert done.exit_code == 3
    assert "nothing-here.ndjson" in error_of(done)


def test_fifo_is_refused_at_once(station: Station, tmp_path: Path) -> None:
    fifo = tmp_path / "pipe.ndjson"
    os.mkfifo(fifo)
    done = station.run("ingest", str(fifo))
    assert done.exit_code == 2
    assert "FIFO" in error_of(done)
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "folder" / "pipe.ndjson")
    code, answer = ingest(station, tmp_path / "folder")
    assert (code, answer["received"], len(answer["skipped"])) == (0, 0, 1)


def test_socket_and_device_are_refused(station: Station, tmp_path: Path) -> None:
    listener = socket.socket(socket.AF_UNIX)
    os.chdir(tmp_path)
    listener.bind("socket.ndjson")
    for path in (str(tmp_path / "socket.ndjson"), "/dev/zero"):
        done = station.run("ingest", path)
        assert done.exit_code == 2
        assert path in error_of(done)
    listener.close()


def test_file_and_folder_without_rights(nobodys_station: Station) -> None:
    folder = nobodys_station.folder.parent / "input"
    (folder / "closed").mkdir(parents=True)
    for name in ("open.ndjson", "closed.ndjson", "closed/inside.ndjson"):
        (folder / name).write_text(f'{{"resourceType":"Patient","id":"{Path(name).stem}"}}\n')
    (folder / "closed.ndjson").chmod(0)
    (folder / "closed").chmod(0)
    if nobodys_station.program.user is not None:
        subprocess.run(["chown", "-R", str(NOBODY), str(folder)], check=True)
    for path in (folder / "closed.ndjson", folder / "closed"):
        code, answer = ingest(nobodys_station, path)
        assert (code, answer["received"], len(answer["files"])) == (8, 0, 1)
        assert answer["files"][0]["error"]
    code, answer = ingest(nobodys_station, folder)
    assert (code, answer["received"], answer["stored"]) == (8, 1, 1)
    assert sorted(bool(file.get("error")) for file in answer["files"]) == [False, True, True]


def test_unwritable_station(nobodys_station: Station) -> None:
    for folder in (nobodys_station.folder / "data", nobodys_station.folder):
        folder.chmod(0o500)
        done = nobodys_station.run("ingest", str(FILES / "blank_lines.ndjson"))
        folder.chmod(0o700)
        error_of(done)
    code, answer = ingest(nobodys_station, FILES / "blank_lines.ndjson")
    assert (code, answer["stored"]) == (0, 2)


def test_full_disk(pluginlake: Program, tmp_path: Path) -> None:
    """A station on a small disk: the ingest fails and says so, nothing of it is there, and room made mends it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)], check=False)
    if mounted.returncode != 0:
        pytest.skip("a small disk cannot be mounted here")
    try:
        station = make_station(pluginlake, "sqlite", disk / "station")
        large = tmp_path / "large.ndjson"
        with large.open("w") as file:
            for number in range(4000):
                noise = os.urandom(8192).hex()
                file.write(f'{{"resourceType":"Binary","id":"{number}","data":"{noise}"}}\n')
        done = station.run("ingest", str(large))
        assert done.exit_code == 1, done
        error_of(done)
        assert station.rows("SELECT count(*) FROM raw.fhir_resource") == [[0]]
        subprocess.run(["mount", "-o", "remount,size=400m", str(disk)], check=True)
        code, answer = ingest(station, large)
        assert (code, answer["stored"]) == (0, 4000)
        fsck = station.run("catalog", "fsck")
        assert fsck.exit_code == 0, fsck.stdout
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
    done = station.run("ingest", FILES / "blank_lines.ndjson")
    error_of(done)
    if damage == "another_database":
        with sqlite3.connect(catalog) as connection:
            assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("notes",)]
    else:
        assert catalog.read_bytes() == before


def test_missing_extension(station: Station, tmp_path: Path) -> None:
    done = station.run("ingest", str(FILES / "empty.json"), "--set", f"duck.extension_directory={tmp_path}")
    assert done.exit_code == 7
    assert "ducklake" in error_of(done)


def test_unknown_setting_offers_the_nearest_name(station: Station) -> None:
    with (station.folder / "pluginlake.toml").open("a") as file:
        file.write("\n[sources]\nresource_mb_mx = 1\n")
    done = station.run("ingest", str(FILES / "empty.json"))
    assert done.exit_code == 2
    assert "sources.resource_mb_max" in error_of(done)


def test_three_wrong_settings_are_told_at_once(station: Station) -> None:
    with (station.folder / "pluginlake.toml").open("a") as file:
        file.write('\n[sources]\ndepth_max = "deep"\nfiles_max = 0\n\n[log]\nlevel = "loud"\n')
    done = station.run("ingest", str(FILES / "empty.json"))
    assert done.exit_code == 2
    said = error_of(done)
    for key in ("sources.depth_max", "sources.files_max", "log.level"):
        assert key in said
