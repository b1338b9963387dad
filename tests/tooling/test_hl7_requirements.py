"""The page of HL7's requirements names each once, what it cites is there, and the tables it calls filled have assets."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "hl7-requirements.md").read_text(encoding="utf-8")
NUMBERS = [
    *(1, 2, 3, 4, 10, 11, 12, 13, 14, *range(20, 27), *range(30, 41), *range(50, 54), *range(60, 64), *range(70, 74)),
    *(80, 81, 82, 90, 91, 92, 93, 100, 102, 103, 110, 111, 112, 120, 121, 122, 132),
]
STATES = {"met", "partly", "no", "station", "none"}
STATED_HERE = {"f2o-080", "f2o-082", "f2o-091", "f2o-092", "f2o-122"}  # documents: the page itself, or the one it names


def rows(name: str) -> list[list[str]]:
    """Returns the cells of the table that follows a mark, without its head."""
    table = PAGE.split(f"<!-- {name} -->\n", 1)[1].split("<!-- end -->", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.strip().splitlines()[2:]]


def test_each_requirement_stands_once() -> None:
    """All 56, in order, each in a known state."""
    assert len(NUMBERS) == 56
    assert [row[0].strip("| ") for row in rows("requirements")] == [f"f2o-{number:03}" for number in NUMBERS]
    assert {row[1] for row in rows("requirements")} == STATES


def test_what_is_cited_is_there() -> None:
    """What is met is shown by a test or a golden case that exists."""
    for number, state, _, shown in rows("requirements"):
        cited = re.findall(r"(golden )?`([^`]+)`", shown)
        assert cited or state != "met" or number.strip("| ") in STATED_HERE, f"{number} is shown by nothing"
        for golden, path in cited:
            place = ROOT / "tests" / "golden" / path / "expected" if golden else ROOT / path
            assert place.exists(), f"{number} cites {path}"


def test_tables_called_filled_have_assets() -> None:
    """And those called not filled have none."""
    assets = {path.stem for path in (ROOT / "src" / "pluginlake" / "assets" / "omop").glob("*.sql")}
    named = {state: set(re.findall(r"`([a-z_]+)`", tables)) for state, tables in rows("tables")}
    assert {state.strip("| "): tables for state, tables in named.items()}["filled"] == assets
    fields = (ROOT / "src" / "pluginlake" / "schemas" / "data" / "omop.csv").read_text(encoding="utf-8")
    tables = {line.split(",", 1)[0] for line in fields.splitlines()[1:]}
    assert set().union(*named.values()) == tables
