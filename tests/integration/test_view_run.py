"""view run at size: packed input, order, threads, the first 16 MB, Parquet."""

import gzip
import json
import pathlib
import subprocess
import time
from collections.abc import Callable

import pytest
from station import Program, make_station

VIEW = {
    "resource": "Observation",
    "select": [
        {"column": [{"name": "id", "path": "id"}, {"name": "v", "path": "value.ofType(Quantity).value"}]},
        {
            "forEachOrNull": "code.coding",
            "column": [{"name": "code", "path": "code"}, {"name": "i", "path": "%rowIndex"}],
        },
    ],
}
LINES = 60_000
CHECKED_BYTES = 16 << 20


def line(number: int) -> str:
    """Returns one Observation; every fifth has no coding, the others one to three."""
    codings = [{"system": "http://example.org/codes", "code": f"c{number % 7}-{i}"} for i in range(number % 5)]
    resource = {
        "resourceType": "Observation",
        "id": f"o{number}",
        "code": {"coding": codings, "text": "x" * 300},
        "valueQuantity": {"value": number / 8},
    }
    return json.dumps(resource)


def expected_rows(number: int) -> list[tuple[str, float, str | None, int]]:
    """Returns the rows of one Observation."""
    codes: list[str | None] = [f"c{number % 7}-{i}" for i in range(number % 5)]
    return [(f"o{number}", number / 8, code, i) for i, code in enumerate(codes or [None])]


@pytest.fixture(scope="session")
def big_input(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A folder with three files, one plain, one gzip, one zstd: more than the 16 MB that are checked first."""
    folder = tmp_path_factory.mktemp("view") / "in"
    folder.mkdir()
    third = LINES // 3
    (folder / "1.ndjson").write_text("".join(line(n) + "\n" for n in range(third)))
    with gzip.open(folder / "2.ndjson.gz", "wt", compresslevel=1) as file:
        file.writelines(line(n) + "\n" for n in range(third, 2 * third))
    (folder / "3.ndjson").write_text("".join(line(n) + "\n" for n in range(2 * third, LINES)))
    subprocess.run(["zstd", "-q", "--rm", str(folder / "3.ndjson")], check=True)
    return folder


@pytest.fixture
def view(pluginlake: Program) -> str:
    """A file with the view."""
    (pluginlake.folder / "view.json").write_text(json.dumps(VIEW))
    return "view.json"


@pytest.mark.parametrize("threads", [1, 4])
def test_text_is_in_the_order_of_the_input(
    pluginlake: Program, view: str, big_input: pathlib.Path, threads: int
) -> None:
    """However many threads work, the rows come as the resources stand."""
    answer = pluginlake.run("view", "run", view, "--from", big_input, "--format", "ndjson", "--threads", threads)
    rows = [tuple(json.loads(row).values()) for row in answer.must_exit(0).stdout.splitlines()]
    assert rows == [row for n in range(LINES) for row in expected_rows(n)]


def test_json_and_csv_are_whole(pluginlake: Program, view: str, big_input: pathlib.Path) -> None:
    """One document of many pieces."""
    answer = pluginlake.run("view", "run", view, "--from", big_input, "--json", "--threads", 3)
    rows = answer.must_exit(0).json
    assert len(rows) == sum(len(expected_rows(n)) for n in range(LINES))
    assert rows[-1] == {"id": f"o{LINES - 1}", "v": (LINES - 1) / 8, "code": f"c{(LINES - 1) % 7}-3", "i": 3}
    answer = pluginlake.run("view", "run", view, "--from", big_input, "--format", "csv", "-o", "rows.csv")
    assert answer.must_exit(0).stdout == ""
    lines = (pluginlake.folder / "rows.csv").read_text().splitlines()
    assert lines[0] == "id,v,code,i"
    assert len(lines) == len(rows) + 1


def test_parquet_holds_the_same_rows(
    pluginlake: Program, view: str, big_input: pathlib.Path, tmp_path: pathlib.Path, new_catalog: Callable[[str], str]
) -> None:
    """Row by row, in whatever order; and nothing but the file is left behind."""
    pluginlake.run("view", "run", view, "--from", big_input, "-o", "rows.parquet", "--threads", 2).must_exit(0)
    assert sorted(path.name for path in pluginlake.folder.iterdir()) == ["rows.parquet", view]
    station = make_station(pluginlake, new_catalog("sqlite"), tmp_path / "station")
    rows = station.rows("SELECT count(*), sum(v::DOUBLE), count(code), sum(i) FROM read_parquet('rows.parquet')")
    everything = [row for n in range(LINES) for row in expected_rows(n)]
    wanted = (
        len(everything),
        sum(row[1] for row in everything),
        sum(row[2] is not None for row in everything),
        sum(row[3] for row in everything),
    )
    assert [float(cell) for cell in rows[0]] == [float(cell) for cell in wanted]
    types = station.rows("SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet('rows.parquet'))")
    assert [tuple(row) for row in types] == [("id", "VARCHAR"), ("v", "VARCHAR"), ("code", "VARCHAR"), ("i", "INTEGER")]


@pytest.mark.parametrize(("bytes_before", "is_silent"), [(CHECKED_BYTES // 2, True), (2 * CHECKED_BYTES, False)])
def test_an_error_in_the_first_16_mb_leaves_stdout_empty(
    pluginlake: Program, view: str, bytes_before: int, is_silent: bool
) -> None:
    """Later, what was streamed stays; the exit is 2 either way, and a file of -o never appears."""
    count = bytes_before // len(line(1000))
    text = "".join(line(n) + "\n" for n in range(count)) + '{"resourceType":"Observation","id":["a","b"]}\n'
    (pluginlake.folder / "in.ndjson").write_text(text)
    answer = pluginlake.run("view", "run", view, "--from", "in.ndjson", "--format", "ndjson").must_exit(2)
    assert (answer.stdout == "") == is_silent
    assert "PL-0831" in answer.stderr
    assert f"line {count + 1}" in answer.stderr
    for name in ("out.ndjson", "out.parquet"):
        pluginlake.run("view", "run", view, "--from", "in.ndjson", "-o", name).must_exit(2)
    assert sorted(path.name for path in pluginlake.folder.iterdir()) == ["in.ndjson", view]


def test_an_interrupt_ends_it_clean(pluginlake: Program, view: str, big_input: pathlib.Path) -> None:
    """SIGINT: exit 130, and no file."""
    links = pluginlake.folder / "many"
    links.mkdir()
    for n in range(2000):
        (links / f"{n}.ndjson").symlink_to(big_input / "1.ndjson")
    process = pluginlake.start("view", "run", view, "--from", "many", "-o", "rows.parquet")
    at_start = time.monotonic()
    while len(list(pluginlake.folder.iterdir())) == 2 and time.monotonic() < at_start + 60:
        time.sleep(0.01)  # until it writes
    process.send_signal(2)
    assert process.wait(timeout=60) == 130
    assert not (pluginlake.folder / "rows.parquet").exists()
    assert sorted(path.name for path in pluginlake.folder.iterdir()) == ["many", view]
