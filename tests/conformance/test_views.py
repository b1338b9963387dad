"""The published cases of SQL-on-FHIR v2, and our own in the same format, through the real binary."""

import json
import os
import pathlib
from collections.abc import Iterator

import pytest
from sqlonfhir import Case, Report, load_cases, run_case, shared_suite

OWN = pathlib.Path(__file__).resolve().parent / "cases"
PUBLISHED = shared_suite()


@pytest.fixture(scope="session")
def binary(pytestconfig: pytest.Config) -> pathlib.Path:
    """The program under test."""
    path = pathlib.Path(str(pytestconfig.getoption("--binary"))).resolve()
    if not path.exists():
        pytest.fail(f"there is no binary in {path}: make build")
    return path


@pytest.fixture(scope="session")
def report(binary: pathlib.Path) -> Iterator[Report]:
    """What each case gave; at the end a table, and test_report.json in the build folder."""
    collected = Report()
    yield collected
    print("\n" + collected.table())
    target = pathlib.Path(os.environ.get("PLUGINLAKE_CONFORMANCE_REPORT") or binary.parents[1] / "test_report.json")
    target.write_text(json.dumps(collected.document(), indent=2) + "\n", encoding="utf-8")


@pytest.mark.parametrize("case", load_cases(PUBLISHED) if PUBLISHED else [], ids=lambda case: case.name)
def test_published(case: Case, binary: pathlib.Path, report: Report, tmp_path: pathlib.Path) -> None:
    """A case of the published suite."""
    passed = False
    try:
        run_case(binary, case, tmp_path)
        passed = True
    finally:
        report.add(case, passed)


@pytest.mark.parametrize("case", load_cases(OWN), ids=lambda case: case.name)
def test_own(case: Case, binary: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """A case of our own."""
    run_case(binary, case, tmp_path)


def test_the_published_suite_is_there() -> None:
    """Without the shared data the published cases do not run: that must be seen."""
    if PUBLISHED is None:
        if os.environ.get("CI") == "true":
            pytest.fail("../shared is missing, and CI=true demands it")
        pytest.skip("no ../shared: the published cases of SQL-on-FHIR did not run")
