"""Backup while ingest goes on, restore elsewhere: fsck clean, the same rows; a cut or changed archive leaves nothing."""

import json
import os
import pathlib
import tarfile
import threading
import time
from collections.abc import Callable

from station import Program, Station

COUNTS = (
    "SELECT resource_type, count(*), sum(hash(content_hash)::DECIMAL(38,0))::VARCHAR FROM raw.fhir_resource GROUP BY 1"
)
RECORDS_A_FILE = 300
BACKUPS = 2


def write_patients(path: pathlib.Path, start: int, count: int) -> pathlib.Path:
    """Writes an NDJSON file of made-up patients."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(start, start + count):
            file.write(json.dumps({"resourceType": "Patient", "id": f"p{number}", "gender": "other"}) + "\n")
    return path


class SteadyIngest:
    """Ingests one small file after another until it is told to stop."""

    def __init__(self, station: Station, folder: pathlib.Path) -> None:
        self.done = 0
        self.failed: list[str] = []
        self._station = station
        self._folder = folder
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "SteadyIngest":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            start = (self.done + 1) * RECORDS_A_FILE
            path = write_patients(self._folder / f"more-{self.done}.ndjson", start, RECORDS_A_FILE)
            answer = self._station.run("ingest", path, "--json")
            if answer.exit_code != 0:
                self.failed.append(answer.explain("an ingest beside a backup failed"))
            self.done += 1


def restore(program: Program, archive: pathlib.Path, folder: pathlib.Path, catalog: str) -> Station:
    """Restores into a new folder and returns the station there."""
    arguments = [] if catalog == "sqlite" else ["--catalog", catalog]
    program.run("restore", archive, folder, *arguments).must_exit(0)
    elsewhere = Program(program.binary, program.folder, {**program.environment, "PLUGINLAKE_STATION": str(folder)})
    return Station(elsewhere, folder, catalog)


def test_backup_during_ingest(
    station: Station, catalog_kind: str, new_catalog: Callable[[str], str], tmp_path: pathlib.Path
) -> None:
    """What is restored is the lake as it was at the backup's snapshot, and it goes on from there."""
    station.ingest(write_patients(tmp_path / "first.ndjson", 0, RECORDS_A_FILE))
    answers = []
    with SteadyIngest(station, tmp_path) as ingest:
        for number in range(BACKUPS):
            before = ingest.done
            answer = station.run("backup", tmp_path / f"backup-{number}.tar", "--json").must_exit(0)
            answers.append(answer.json)
            while ingest.done == before and not ingest.failed:
                time.sleep(0.05)  # each backup has an ingest that ran beside it or right after it
    assert not ingest.failed, ingest.failed[0]
    for number, answer in enumerate(answers):
        folder = tmp_path / f"restored-{number}"
        restored = restore(station.program, tmp_path / f"backup-{number}.tar", folder, new_catalog(catalog_kind))
        restored.run("catalog", "fsck").must_exit(0)
        assert sorted(restored.rows(COUNTS)) == sorted(station.rows(COUNTS, "--at", answer["snapshot_id"]))
        again = restored.ingest(tmp_path / "first.ndjson")
        assert (again["unchanged"], again["snapshot_id"]) == (RECORDS_A_FILE, None)
        new = restored.ingest(write_patients(tmp_path / "new.ndjson", 900_000, 10))
        assert new["stored"] == 10
        restored.run("catalog", "fsck").must_exit(0)


def test_compressed_backup(
    station: Station, catalog_kind: str, new_catalog: Callable[[str], str], tmp_path: pathlib.Path
) -> None:
    """A name that ends in .zst makes a smaller archive of the same contents."""
    station.ingest(write_patients(tmp_path / "first.ndjson", 0, RECORDS_A_FILE))
    station.run("backup", tmp_path / "plain.tar").must_exit(0)
    station.run("backup", tmp_path / "small.tar.zst").must_exit(0)
    assert (tmp_path / "small.tar.zst").stat().st_size < (tmp_path / "plain.tar").stat().st_size
    assert (tmp_path / "plain.tar").stat().st_mode & 0o077 == 0
    restored = restore(station.program, tmp_path / "small.tar.zst", tmp_path / "restored", new_catalog(catalog_kind))
    assert restored.rows(COUNTS) == station.rows(COUNTS)


def damaged(archive: pathlib.Path) -> dict[str, bytes]:
    """Returns archives that are cut or changed, by what was done to them."""
    whole = archive.read_bytes()
    with tarfile.open(archive) as members:
        data = next(m for m in members if m.name.startswith("data/"))
        settings = members.getmember("pluginlake.toml")
    flip = bytearray(whole)
    flip[data.offset_data + data.size // 2] ^= 1
    rename = whole.replace(settings.name.encode(), b"pluginlake.tomm", 1)
    return {
        "empty": b"",
        "no archive": b"no archive\n" * 200,
        "first half": whole[: len(whole) // 2],
        "without its end": whole[:-20_000],
        "one bit of a data file": bytes(flip),
        "another name": rename,
    }


def test_damaged_archive_leaves_nothing(station: Station, catalog_kind: str, tmp_path: pathlib.Path) -> None:
    """Whatever is wrong with the archive, restore says so (exit 2) and leaves no file and no folder."""
    assert catalog_kind
    station.ingest(write_patients(tmp_path / "first.ndjson", 0, RECORDS_A_FILE))
    archive = tmp_path / "backup.tar"
    station.run("backup", archive).must_exit(0)
    catalog = [] if station.catalog == "sqlite" else ["--catalog", station.catalog]
    for what, content in damaged(archive).items():
        (tmp_path / "damaged.tar").write_bytes(content)
        before = sorted(os.listdir(tmp_path))
        answer = station.run("restore", tmp_path / "damaged.tar", tmp_path / "restored", *catalog)
        assert answer.exit_code == 2, answer.explain(what)
        assert "PL-0952" in answer.stderr, answer.explain(what)
        assert sorted(os.listdir(tmp_path)) == before, what


def test_what_stands_is_never_written_over(station: Station, catalog_kind: str, tmp_path: pathlib.Path) -> None:
    """A file, a folder or a database in use is refused with 6, the other kind of catalog with 2."""
    archive = tmp_path / "backup.tar"
    archive.write_text("mine")
    station.run("backup", archive).must_exit(6)
    assert archive.read_text() == "mine"
    station.run("backup", archive, "--replace").must_exit(0)
    catalog = [] if catalog_kind == "sqlite" else ["--catalog", station.catalog]
    station.run("restore", archive, station.folder, *catalog).must_exit(6)
    if catalog_kind == "postgres":
        station.run("restore", archive, tmp_path / "restored", *catalog).must_exit(6)
        station.run("restore", archive, tmp_path / "restored").must_exit(2)
    else:
        url = "postgres://nobody@127.0.0.1:1/nowhere"
        station.run("restore", archive, tmp_path / "restored", "--catalog", url).must_exit(2)
    assert not (tmp_path / "restored").exists()
    station.run("catalog", "fsck").must_exit(0)


def test_settings_of_the_station_come_along(
    station: Station, catalog_kind: str, new_catalog: Callable[[str], str], tmp_path: pathlib.Path
) -> None:
    """Every setting but the places of catalog and data is as it was."""
    settings = station.folder / "pluginlake.toml"
    settings.write_text(settings.read_text() + "\n[duck]\nmemory_mb_max = 333  # kept\n")
    station.run("backup", tmp_path / "backup.tar").must_exit(0)
    restored = restore(station.program, tmp_path / "backup.tar", tmp_path / "restored", new_catalog(catalog_kind))
    assert "memory_mb_max = 333  # kept" in (restored.folder / "pluginlake.toml").read_text()
    restored.run("catalog", "fsck").must_exit(0)
