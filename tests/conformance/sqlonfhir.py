"""Runs cases in the format of SQL-on-FHIR's conformance suite through `pluginlake view run`."""

import collections
import dataclasses
import json
import os
import pathlib
import subprocess
from typing import Any

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
EXIT_REFUSED = 2
TIMEOUT_S = 60


@dataclasses.dataclass(frozen=True)
class Case:
    """One test of a file: a view over the file's resources, and what it must give."""

    file: str
    title: str
    view: dict[str, Any]
    resources: list[dict[str, Any]]
    test: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.file}: {self.title}"


def shared_suite() -> pathlib.Path | None:
    """Returns the folder of the published cases; None when there is no shared data."""
    folder = pathlib.Path(os.environ.get("PLUGINLAKE_SHARED") or REPOSITORY.parent / "shared")
    suite = folder / "data" / "sqlonfhir" / "public"
    return suite if suite.is_dir() else None


def load_cases(folder: pathlib.Path) -> list[Case]:
    """Returns the cases of all files in the folder."""
    cases = []
    for path in sorted(folder.glob("*.json")):
        suite = json.loads(path.read_text(encoding="utf-8"))
        for test in suite["tests"]:
            cases.append(Case(path.name, test["title"], test["view"], suite["resources"], test))
    return cases


@dataclasses.dataclass
class Report:
    """The outcome of each case, by file, in the order they ran."""

    outcomes: dict[str, list[tuple[str, bool]]] = dataclasses.field(
        default_factory=lambda: collections.defaultdict(list)
    )

    def add(self, case: Case, passed: bool) -> None:
        self.outcomes[case.file].append((case.title, passed))

    def document(self) -> dict[str, Any]:
        """Returns the report in the form the suite's site takes."""
        return {
            file: {"tests": [{"name": title, "result": {"passed": passed}} for title, passed in tests]}
            for file, tests in sorted(self.outcomes.items())
        }

    def table(self) -> str:
        """Returns passed of all, a line a file."""
        lines = [
            f"{file:<28} {sum(passed for _, passed in tests):>3} of {len(tests):>3} passed"
            for file, tests in sorted(self.outcomes.items())
        ]
        everything = [passed for tests in self.outcomes.values() for _, passed in tests]
        return "\n".join([*lines, f"{'all':<28} {sum(everything):>3} of {len(everything):>3} passed"])


def canonical(value: Any) -> Any:
    """Returns a value that equals another one's if they say the same: numbers by value, objects in one order."""
    if isinstance(value, dict):
        return tuple(sorted((key, canonical(inner)) for key, inner in value.items()))
    if isinstance(value, list):
        return ("list", *map(canonical, value))
    if isinstance(value, bool) or value is None:
        return ("literal", str(value))
    return ("number", float(value)) if isinstance(value, int | float) else ("text", value)


def check_rows(actual: list[dict[str, Any]], expected: list[dict[str, Any]]) -> None:
    """Compares the rows as multisets."""
    rows = collections.Counter(canonical(row) for row in actual)
    wanted = collections.Counter(canonical(row) for row in expected)
    assert rows == wanted, f"rows {json.dumps(actual)}, expected {json.dumps(expected)}"


def run_case(binary: pathlib.Path, case: Case, folder: pathlib.Path) -> None:
    """Runs one case in `folder`; fails with what was wrong."""
    view = folder / "view.json"
    view.write_text(json.dumps(case.view), encoding="utf-8")
    resources = folder / "resources.ndjson"
    resources.write_text("".join(json.dumps(resource) + "\n" for resource in case.resources), encoding="utf-8")
    command = [str(binary), "view", "run", str(view), "--from", str(resources), "--format", "ndjson"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, cwd=folder)
    if case.test.get("expectError"):
        assert done.returncode == EXIT_REFUSED, f"exit {done.returncode}, an error is expected"
        assert done.stdout == "", "something was written before the error"
        assert "error[PL-07" in done.stderr or "error[PL-08" in done.stderr, done.stderr
        return
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    if "expect" in case.test:
        check_rows(rows, case.test["expect"])
    if "expectCount" in case.test:
        assert len(rows) == case.test["expectCount"]
    for row in rows if "expectColumns" in case.test else []:
        assert list(row) == case.test["expectColumns"]
