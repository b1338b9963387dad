"""Arrow IPC, read by Arrow's own library: a stream through a pipe, a file by -o, every kind of type, many chunks."""

import datetime
import decimal
import io

import pyarrow.ipc
import pyarrow.types
import pytest
from station import Station

KINDS = """SELECT 1::BIGINT AS i, 2.5::DOUBLE AS d, 1.25::DECIMAL(9, 2) AS n, 'é' AS t, true AS b,
DATE '2024-02-29' AS day, TIMESTAMP '2024-02-29 12:34:56' AS at, [1, 2] AS l, {'a': 1, 'b': 'x'} AS s, NULL::VARCHAR AS none,
3::UTINYINT AS tiny"""


def test_a_pipe_gets_a_stream(station: Station) -> None:
    """All types arrive as they are."""
    done = station.run("query", KINDS, "--format", "arrow")
    done.must_exit(0)
    table = pyarrow.ipc.open_stream(io.BytesIO(done.stdout_bytes)).read_all()
    assert table.to_pylist() == [
        {
            "i": 1,
            "d": 2.5,
            "n": decimal.Decimal("1.25"),
            "t": "é",
            "b": True,
            "day": datetime.date(2024, 2, 29),
            "at": datetime.datetime(2024, 2, 29, 12, 34, 56),
            "l": [1, 2],
            "s": {"a": 1, "b": "x"},
            "none": None,
            "tiny": 3,
        }
    ]


@pytest.mark.parametrize("rows", [0, 1, 100_000])
def test_a_file_gets_the_file_format(station: Station, rows: int) -> None:
    """The name says the format; no row is missing or doubled, over many record batches."""
    sql = f"SELECT i, CASE WHEN i % 3 > 0 THEN 'v' || i END AS v FROM range({rows}) AS t(i)"
    station.run("query", sql, "-o", "rows.arrow").must_exit(0)
    with pyarrow.ipc.open_file(station.program.folder / "rows.arrow") as reader:
        table = reader.read_all()
    assert table.column_names == ["i", "v"]
    assert table["i"].to_pylist() == list(range(rows))
    assert table["v"].to_pylist() == [f"v{i}" if i % 3 else None for i in range(rows)]


def test_a_type_that_it_cannot_say_is_named(station: Station) -> None:
    """An ENUM is refused, and no file stays."""
    done = station.run("query", "SELECT 'a'::ENUM('a', 'b') AS e", "-o", "rows.arrow")
    done.must_exit(2)
    assert "PL-0340" in done.stderr
    assert not (station.program.folder / "rows.arrow").exists()
