"""Broken, odd and hostile input is counted, named and kept apart; what is sound around it is stored.

Each file of tests/data/bad_input has a line in expected.csv: exit code, counts, reason codes. Files too large to keep
are made from recipes.toml.
"""

import csv
import gzip
import os
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bad_input import DATA, FILES, ingest
from station import Program, Station, make_station

COUNTS = ("received", "stored", "unchanged", "superseded", "deleted", "quarantined")
MEMORY_KB_MAX = 1_000_000
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


@pytest.fixture(scope="session")
def stations_by_kind() -> dict[str, Station]:
    """The stations that all files of bad_input go into, one a catalog."""
    return {}


@pytest.fixture
def shared_station(
    binary: Path,
    catalog_kind: str,
    new_catalog: Callable[[str], str],
    stations_by_kind: dict[str, Station],
    tmp_path_factory: pytest.TempPathFactory,
) -> Station:
    if catalog_kind not in stations_by_kind:
        folder = tmp_path_factory.mktemp("bad_input")
        stations_by_kind[catalog_kind] = make_station(
            Program(binary, folder), new_catalog(catalog_kind), folder / "station"
        )
    return stations_by_kind[catalog_kind]


@pytest.fixture
def station(pluginlake: Program, tmp_path: Path) -> Station:
    """A fresh station for what no catalog has a say in."""
    return make_station(pluginlake, "sqlite", tmp_path / "station")


@pytest.mark.parametrize("line", expected_lines(), ids=lambda line: str(line["file"]))
def test_file_counts_as_expected(line: dict[str, str], shared_station: Station, tmp_path: Path) -> None:
    path = FILES / line["file"]
    recipe = recipes().get(line["file"])
    if recipe is not None:
        path = tmp_path / line["file"]
        make_file(recipe, path)
    code, answer = ingest(shared_station, path)
    assert {name: answer[name] for name in COUNTS} == {name: int(line[name]) for name in COUNTS}
    assert {name: answer["files"][0][name] for name in COUNTS} == {name: int(line[name]) for name in COUNTS}
    reasons = Counter(problem["reason_code"] for problem in answer["problems"])
    assert " ".join(f"{reason}:{count}" for reason, count in sorted(reasons.items())) == line["reasons"]
    assert code == int(line["exit"])
    if recipe is not None:
        path.unlink()


def test_same_bad_files_again_add_nothing(shared_station: Station) -> None:
    """A broken record sent again counts as quarantined, and makes neither a second row nor a snapshot."""
    path = FILES / "wrong_types.ndjson"
    ingest(shared_station, path)
    rows = shared_station.run("quarantine", "list", "--json").must_exit(0).json["items"]
    code, answer = ingest(shared_station, path)
    assert (code, answer["quarantined"], answer["unchanged"], answer["snapshot_id"]) == (0, 5, 1, None)
    assert shared_station.run("quarantine", "list", "--json").must_exit(0).json["items"] == rows


def test_strict_commits_nothing(station: Station) -> None:
    code, answer = ingest(station, FILES / "cut_line.ndjson", "--strict")
    assert (code, answer["snapshot_id"], len(answer["problems"])) == (5, None, 1)
    code, answer = ingest(station, FILES / "cut_line.ndjson", "--fail-on", "quarantine")
    assert (code, answer["stored"]) == (5, 2)


def test_large_input_takes_little_memory(station: Station, tmp_path: Path) -> None:
    for name in ("line_100mb.ndjson", "bomb.ndjson.gz"):
        path = tmp_path / name
        make_file(recipes()[name], path)
        process = station.program.start("ingest", path, "--json")
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode in (0, 8), name
        assert usage.ru_maxrss < MEMORY_KB_MAX, name
