"""Runs every .test file below this folder on each catalog."""

import pathlib
import tomllib
from collections.abc import Callable

import pytest
from data_file import read_data_file
from data_run import Runner, run_blocks
from station import Program, make_station

HERE = pathlib.Path(__file__).resolve().parent
FILES = sorted(HERE.rglob("*.test"))
SKIPS = tomllib.loads((HERE / "skips.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(HERE)))
def test_data_file(
    path: pathlib.Path,
    catalog_kind: str,
    pluginlake: Program,
    new_catalog: Callable[[str], str],
    request: pytest.FixtureRequest,
) -> None:
    """One file on one catalog."""
    skip = SKIPS.get(str(path.relative_to(HERE)))
    if skip and skip["catalog"] in ("*", catalog_kind):
        pytest.skip(skip["reason"])
    parsed = read_data_file(path)
    if parsed.head.get("Catalog", catalog_kind) != catalog_kind:
        pytest.skip(f"for {parsed.head['Catalog']} only")
    text = path.read_text(encoding="utf-8")
    names = {"STATION": str(pluginlake.folder / "station"), "REPOSITORY": str(HERE.parents[1])}
    if "$SHARED" in text:
        names["SHARED"] = str(request.getfixturevalue("shared"))
    if "$CATALOG" in text:
        names["CATALOG"] = new_catalog(catalog_kind)
    if parsed.head.get("Station") != "none":
        make_station(pluginlake, new_catalog(catalog_kind), pluginlake.folder / "station")
    run_blocks(parsed.blocks, Runner(pluginlake, names), path.relative_to(HERE))
