"""The dependency rule holds, and a planted breach of it is found."""

import pathlib
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def layers(source: pathlib.Path) -> subprocess.CompletedProcess[str]:
    """Runs scripts/layers.py on a tree."""
    command = [sys.executable, str(ROOT / "scripts" / "layers.py"), "--source", str(source)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: pathlib.Path) -> pathlib.Path:
    """A copy of src/ to plant breaches in."""
    return pathlib.Path(shutil.copytree(ROOT / "src", tmp_path / "src"))


def test_the_tree_keeps_the_rule(copy: pathlib.Path) -> None:
    """Nothing is found in what stands."""
    done = layers(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("room", "include", "complaint"),
    [
        ("fhir", '#include "pluginlake/catalog/lake.h"', "fhir may not know catalog"),
        ("sources", '#include "pluginlake/state/store.h"', "sources may not know state"),
        ("sources", '#include "pluginlake/net/payload.h"', "sources may not know net"),
        ("core", '#include "pluginlake/duck/database.h"', "core may not know duck"),
        ("catalog", '#include "fhir/sql.h"', "catalog may not know fhir"),
        ("state", '  #  include "app/verb.h"', "state may not know app"),
        ("catalog", "#include <duckdb.h>", "duckdb.h belongs to duck only"),
    ],
)
def test_a_planted_breach_is_found(copy: pathlib.Path, room: str, include: str, complaint: str) -> None:
    """Each way to break the rule is named with file and line."""
    (copy / "pluginlake" / room / "planted.cpp").write_text(f"// Planted.\n{include}\n", encoding="utf-8")
    done = layers(copy)
    assert done.returncode == 1
    assert f"planted.cpp:2: {complaint}" in done.stdout


def test_a_room_that_the_table_lacks_is_found(copy: pathlib.Path) -> None:
    """A new folder needs its line in the table first."""
    (copy / "pluginlake" / "attic").mkdir()
    done = layers(copy)
    assert done.returncode == 1
    assert "attic" in done.stdout
