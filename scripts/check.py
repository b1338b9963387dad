#!/usr/bin/env python3
"""Runs the checks behind `make test` and `make lint`, and closes with one line: N passed, N failed, N skipped."""

import argparse
import collections
import dataclasses
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time
import tomllib
import xml.etree.ElementTree
from collections.abc import Callable
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parent.parent
BIN = pathlib.Path(sys.executable).parent


@dataclasses.dataclass
class Tally:
    """What ran so far, by outcome; `failures` and `skips` name each."""

    passed: int = 0
    failures: list[str] = dataclasses.field(default_factory=list)
    skips: list[str] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True)
class Options:
    """Which build is checked, and with how many processes."""

    preset: str
    jobs: int

    @property
    def build(self) -> pathlib.Path:
        return ROOT / "build" / self.preset

    @property
    def binary(self) -> pathlib.Path:
        return self.build / "bin" / "pluginlake"


def files_of(*patterns: str) -> list[str]:
    """Returns the files git knows or would add that match the patterns."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def run_check(tally: Tally, name: str, command: list[str], environment: dict[str, str] | None = None) -> bool:
    """Runs one command as one check; shows its output only when it fails."""
    started = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    took = time.monotonic() - started
    print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name} ({took:.1f} s)", flush=True)
    if done.returncode == 0:
        tally.passed += 1
        return True
    print(done.stdout, flush=True)
    tally.failures.append(name)
    return False


def check_layers(tally: Tally, _: Options) -> None:
    """The dependency rule of the rooms, and that a planted breach of it is found."""
    run_check(tally, "layers", [sys.executable, "scripts/layers.py"])


def lint_commands(options: Options) -> dict[str, list[str]]:
    """Returns each linter's name and command."""
    cpp = files_of("src/*.h", "src/*.cpp", "tests/*.h", "tests/*.cpp")
    python = ["scripts", "tests"]
    shell = [*files_of("scripts/bootstrap", "*.sh"), ".ci/run"]
    return {
        "clang-format": [str(BIN / "clang-format"), "--dry-run", "--Werror", *cpp],
        "lizard (70 lines, CCN 15, 5 parameters)": [
            str(BIN / "lizard"),
            "-l",
            "cpp",
            "-L",
            "70",
            "-C",
            "15",
            "-a",
            "5",
            "-w",
            "-W",
            "scripts/lizard-exceptions.txt",
            "src",
        ],
        "file sizes and first lines": [sys.executable, "scripts/shape.py"],
        "gersemi": [str(BIN / "gersemi"), "--check", *files_of("*CMakeLists.txt", "cmake/*.cmake")],
        "sqlfluff": [str(BIN / "sqlfluff"), "lint", "--processes", str(options.jobs), *files_of("src/*.sql")],
        "codespell": [str(BIN / "codespell"), *files_of(":!LICENSE", ":!*.csv", ":!*.ndjson", ":!tests/data")],
        "ruff check": [str(BIN / "ruff"), "check", *python],
        "ruff format": [str(BIN / "ruff"), "format", "--check", *python],
        "mypy": [str(BIN / "mypy"), *files_of("scripts/*.py", "tests/*.py")],
        "shellcheck": ["shellcheck", *shell],
        "clang-tidy": [sys.executable, "scripts/tidy.py", "--build", str(options.build), "--jobs", str(options.jobs)],
    }


def check_lint(tally: Tally, options: Options) -> None:
    """Every linter, each named."""
    for name, command in lint_commands(options).items():
        run_check(tally, f"lint: {name}", command)


def add_junit(tally: Tally, kind: str, report: pathlib.Path) -> None:
    """Adds the cases of a JUnit file to the tally."""
    if not report.exists():
        tally.failures.append(f"{kind}: no report was written")
        return
    for case in xml.etree.ElementTree.parse(report).iter("testcase"):
        name = f"{kind}: {case.get('classname', '')} {case.get('name', '')}"
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            tally.failures.append(name)
        elif skipped is not None or case.get("status") in ("notrun", "disabled"):
            reason = skipped.get("message", "") if skipped is not None else ""
            tally.skips.append(f"{name} ({reason})")
        else:
            tally.passed += 1


def build(tally: Tally, options: Options, *targets: str) -> bool:
    """Configures the preset and builds the targets (all without any); False, and a failure, when that does not work."""
    configure = ["cmake", "--preset", options.preset]
    if shutil.which("ccache"):
        configure.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
    command = ["cmake", "--build", "--preset", options.preset, f"-j{options.jobs}"]
    if targets:
        command += ["--target", *targets]
    return run_check(tally, f"configure {options.preset}", configure) and run_check(
        tally, f"build {options.preset}", command
    )


def run_tests(
    tally: Tally, kind: str, report: pathlib.Path, command: list[str], environment: dict[str, str] | None = None
) -> None:
    """Runs a test runner that shows its own progress, and adds its JUnit report."""
    report.unlink(missing_ok=True)
    print(f"---- {kind}", flush=True)
    done = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)
    failed_before = len(tally.failures)
    add_junit(tally, kind, report)
    if done.returncode != 0 and len(tally.failures) == failed_before:
        tally.failures.append(f"{kind}: the runner ended with exit code {done.returncode}")


def run_unit_tests(tally: Tally, kind: str, options: Options, *arguments: str, **variables: str) -> None:
    """Runs the C++ unit tests of a build, on both catalogs: with a PostgreSQL server of their own."""
    report = options.build / "unit.xml"
    sys.path.insert(0, str(ROOT / "tests" / "integration"))
    from postgres import PostgresServer

    server = PostgresServer()
    environment = {**os.environ, **variables, "PLUGINLAKE_TEST_POSTGRES": server.new_database()}
    command = ["ctest", "--test-dir", str(options.build), "--output-on-failure", f"-j{options.jobs}", *arguments]
    try:
        run_tests(tally, kind, report, [*command, "--output-junit", str(report)], environment)
    finally:
        server.stop()


def check_unit(tally: Tally, options: Options) -> None:
    """The C++ unit tests."""
    run_unit_tests(tally, "unit", options)


def pytest_command(options: Options, report: pathlib.Path, *arguments: str) -> list[str]:
    """Returns the pytest call with the arguments, folders among them, against the build's binary."""
    return [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rs",
        f"--binary={options.binary}",
        f"--junitxml={report}",
        *arguments,
    ]


def check_integration(tally: Tally, options: Options) -> None:
    """The .test files and Python tests against the real binary, on both catalogs, file by file in several processes."""
    report = options.build / "integration.xml"
    side_by_side = ["-n", str(options.jobs), "--dist", "loadfile"]
    run_tests(tally, "integration", report, pytest_command(options, report, *side_by_side, "tests/integration"))


def check_conformance(tally: Tally, options: Options) -> None:
    """The cases of SQL-on-FHIR, published and own, through the real binary."""
    report = options.build / "conformance.xml"
    run_tests(tally, "conformance", report, pytest_command(options, report, "-s", "tests/conformance"))


def judge_golden(tally: Tally, case: dict[str, Any], reason: str | None, name: str) -> None:
    """Adds one case's outcome; a case that is open for a reason must differ."""
    if case["passed"] and reason is None:
        tally.passed += 1
    elif case["passed"]:
        tally.failures.append(f"golden: {name} passes: take it out of open.toml")
    elif reason is not None:
        tally.skips.append(f"golden: {name} ({reason})")
    else:
        tally.failures.append(f"golden: {name}")
        print("\n  ".join([f"FAIL golden: {name}", *case["differences"]]), flush=True)


def check_golden(tally: Tally, options: Options) -> None:
    """FHIR and the OMOP rows that it must give, case by case, through the real binary."""
    golden = ROOT / "tests" / "golden"
    reasons = tomllib.loads((golden / "open.toml").read_text(encoding="utf-8"))
    cases = sorted(str(folder.parent) for folder in golden.rglob("expected"))
    shares = [cases[share :: options.jobs] for share in range(min(options.jobs, len(cases)))]
    command = [str(options.binary), "assets", "test", "--json", "--vocab", str(golden / "vocab")]
    print(f"---- golden: {len(cases)} cases", flush=True)
    running = [
        subprocess.Popen([*command, *share], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) for share in shares
    ]
    for process in running:
        answer = json.loads(process.communicate()[0] or "{}")
        if process.returncode not in (0, 5) or "cases" not in answer:
            tally.failures.append(f"golden: the runner ended with exit code {process.returncode}")
        for case in answer.get("cases", []):
            name = pathlib.Path(case["case"]).relative_to(golden).as_posix()
            judge_golden(tally, case, reasons.pop(name, None), name)
    tally.failures.extend(f"golden: open.toml names {name}, which is no case" for name in reasons)


def check_tooling(tally: Tally, options: Options) -> None:
    """The tests of our own scripts."""
    report = options.build / "tooling.xml"
    run_tests(tally, "tooling", report, pytest_command(options, report, "tests/tooling"))


def check_docs(tally: Tally, options: Options) -> None:
    """Links, folder table, decisions' form, generated pages."""
    run_check(tally, "docs", [sys.executable, "scripts/check_docs.py", "--binary", str(options.binary)])


THREADED = ["sources", "catalog", "net", "duck"]  # the rooms that start threads


def check_sanitizers(tally: Tally, options: Options) -> None:
    """Unit and integration tests under asan + ubsan; the rooms that start threads under tsan."""
    asan = dataclasses.replace(options, preset="asan")
    tsan = dataclasses.replace(options, preset="tsan")
    if build(tally, asan):
        run_unit_tests(tally, "unit under asan", asan)
        check_integration(tally, asan)
    if build(tally, tsan, *(f"unit_{room}" for room in THREADED)):
        found = f"suppressions={ROOT}/tests/tsan.supp history_size=7"
        run_unit_tests(tally, "unit under tsan", tsan, "-R", f"^({'|'.join(THREADED)})\\.", TSAN_OPTIONS=found)


STEPS: dict[str, Callable[[Tally, Options], None]] = {
    "layers": check_layers,
    "lint": check_lint,
    "tooling": check_tooling,
    "unit": check_unit,
    "integration": check_integration,
    "conformance": check_conformance,
    "golden": check_golden,
    "docs": check_docs,
    "sanitizers": check_sanitizers,
}
ALL = ["layers", "lint", "tooling", "unit", "integration", "conformance", "golden", "docs"]


def close(tally: Tally) -> int:
    """Names what was skipped and what failed, prints the closing line, returns the exit code."""
    reasons = collections.Counter(skip.rsplit("(", 1)[-1].rstrip(")") for skip in tally.skips)
    for skip in tally.skips:
        print(f"skipped {skip}")
    for reason, count in reasons.items():
        print(f"{count} skipped because: {reason}")
    for failure in tally.failures:
        print(f"failed {failure}")
    print(f"{tally.passed} passed, {len(tally.failures)} failed, {len(tally.skips)} skipped", flush=True)
    return 1 if tally.failures or tally.passed == 0 else 0


def main() -> int:
    """Runs the steps that the command line names, the build first where a step needs it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("steps", nargs="+", choices=[*STEPS, "all"])
    parser.add_argument("--preset", default="release")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    arguments = parser.parse_args()
    options = Options(preset=arguments.preset, jobs=arguments.jobs)
    steps = ALL if "all" in arguments.steps else arguments.steps
    tally = Tally()
    needs_build = {"unit", "integration", "conformance", "golden", "docs", "tooling"} & set(steps)
    if needs_build and not build(tally, options):
        return close(tally)
    for step in steps:
        STEPS[step](tally, options)
    return close(tally)


if __name__ == "__main__":
    sys.exit(main())
