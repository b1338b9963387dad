"""What all benches share: a process with its cost, the best of several runs, a figure beside its goal."""

import contextlib
import dataclasses
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

ROOT = pathlib.Path(__file__).resolve().parents[2]
MEGABYTE = 1_000_000


@dataclasses.dataclass(frozen=True)
class Cost:
    """What a process took, as the operating system accounts for it: start-up, commit and exit are in it."""

    cpu_s: float
    wall_s: float
    peak_mb: float


def run(command: list[str], *, environment: dict[str, str] | None = None, text: str = "") -> tuple[Cost, str]:
    """Runs a command to its end with `text` as its input; returns its cost and output; exits when it fails."""
    started = os.times()
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as output:
        given.write(text.encode())
        given.seek(0)
        process = subprocess.Popen(command, stdin=given, stdout=output, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        wall_s = os.times().elapsed - started.elapsed
        output.seek(0)
        answer = output.read().decode()
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"bench: failed: {' '.join(command)}")
    return Cost(usage.ru_utime + usage.ru_stime, wall_s, usage.ru_maxrss / 1024), answer


@contextlib.contextmanager
def waiting_owner(binary: pathlib.Path, environment: dict[str, str]) -> Iterator[int]:
    """Holds a station by an owner that waits for the reader of an answer which is never read; gives its process id."""
    command = [str(binary), "query", "SELECT * FROM range(100000000000)", "--format", "csv"]
    owner = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
    try:
        time.sleep(2)
        yield owner.pid
    finally:
        owner.kill()
        owner.wait()


def judge(what: str, value: float, goal: str, reached: bool) -> None:
    """Prints a figure beside its goal."""
    print(f"{what:<40}{value:>9.2f}   goal {goal}: {'reached' if reached else 'MISSED'}", flush=True)


def python_of_peers() -> pathlib.Path:
    """Returns the Python of an environment with the named peers, made in build/ when requirements.txt is new."""
    requirements = ROOT / "tests/bench/requirements.txt"
    folder = ROOT / "build/bench-venv"
    installed = folder / "requirements.txt"
    python = folder / "bin/python"
    if not installed.exists() or installed.read_text() != requirements.read_text():
        run([sys.executable, "-m", "venv", "--clear", str(folder)])
        run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(requirements)])
        shutil.copy(requirements, installed)
    return python
