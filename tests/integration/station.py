"""Runs the pluginlake binary for tests: one fixture = one station in a folder of its own."""

import dataclasses
import json
import os
import pathlib
import subprocess
from typing import Any

TIMEOUT_S = 600
# Nothing of the developer's own environment may reach the binary.
CLEAN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}


@dataclasses.dataclass(frozen=True)
class Answer:
    """What one run of the binary gave back."""

    command: list[str]
    exit_code: int
    stdout: str
    stderr: str
    stdout_bytes: bytes

    @property
    def json(self) -> Any:
        """Stdout as the one JSON document it must be."""
        return json.loads(self.stdout)

    def must_exit(self, exit_code: int) -> "Answer":
        """Returns itself if the run ended so; fails with everything it said otherwise."""
        assert self.exit_code == exit_code, self.explain(f"exit code {exit_code} was expected")
        return self

    def explain(self, complaint: str) -> str:
        """Returns the complaint with the command and its output, cut to a screen."""
        return (
            f"{complaint}\n$ pluginlake {' '.join(self.command)}\nexit code: {self.exit_code}\n"
            f"stdout: {self.stdout[-3000:]}\nstderr: {self.stderr[-3000:]}"
        )


@dataclasses.dataclass
class Program:
    """The binary, with the working directory and the environment it runs in."""

    binary: pathlib.Path
    folder: pathlib.Path
    environment: dict[str, str] = dataclasses.field(default_factory=dict)
    user: int | None = None  # whom it runs as; None = whoever runs the tests

    def full_environment(self, more: dict[str, str] | None = None) -> dict[str, str]:
        """Returns what the binary sees; sanitizer options pass through."""
        passed = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
        return {**CLEAN_ENVIRONMENT, **passed, **self.environment, **(more or {})}

    def run(self, *arguments: object, environment: dict[str, str] | None = None) -> Answer:
        """Runs one verb to its end."""
        command = [str(a) for a in arguments]
        done = subprocess.run(
            [str(self.binary), *command],
            cwd=self.folder,
            env=self.full_environment(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT_S,
            user=self.user,
            check=False,
        )
        stdout, stderr = (stream.decode(errors="replace") for stream in (done.stdout, done.stderr))
        return Answer(command, done.returncode, stdout, stderr, done.stdout)

    def start(self, *arguments: object, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Starts one verb and leaves it running."""
        return subprocess.Popen(
            [str(self.binary), *(str(a) for a in arguments)],
            cwd=self.folder,
            env=self.full_environment(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


@dataclasses.dataclass
class Station:
    """A station that `init` made, and the program to use it with."""

    program: Program
    folder: pathlib.Path
    catalog: str  # "sqlite", or the URL of its PostgreSQL database

    def run(self, *arguments: object, environment: dict[str, str] | None = None) -> Answer:
        """Runs one verb in this station."""
        return self.program.run(*arguments, environment=environment)

    def rows(self, sql: str, *arguments: object) -> list[list[Any]]:
        """Returns the rows of a query, each as the list of its values."""
        answer = self.run("query", sql, "--format", "ndjson", *arguments).must_exit(0)
        return [list(json.loads(line).values()) for line in answer.stdout.splitlines()]

    def ingest(self, *arguments: object) -> dict[str, Any]:
        """Ingests and returns the JSON answer; fails unless the exit code is 0."""
        answer: dict[str, Any] = self.run("ingest", *arguments, "--json").must_exit(0).json
        return answer


def make_station(program: Program, catalog: str, folder: pathlib.Path) -> Station:
    """Makes a station with `init` and lets the program find it."""
    arguments = [] if catalog == "sqlite" else ["--catalog", catalog]
    program.run("init", folder, *arguments).must_exit(0)
    program.environment["PLUGINLAKE_STATION"] = str(folder)
    return Station(program, folder, catalog)
