#!/usr/bin/env python3
"""Measures the vocabularies: the load of a made-up Athena bundle beside DuckDB's own scan and sort, and look-ups.

--full makes the bundle as large as a whole release: 10 M concepts, 50 M relationships, 90 M ancestors (8 GB of CSV).
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from typing import Any

from measured import ROOT, judge, python_of_peers, run, waiting_owner

SIZES = {"part": (1_000_000, 5_000_000, 9_000_000), "full": (10_000_000, 50_000_000, 90_000_000)}
MEMORY_MB = 6000
GOALS = {"share": 0.85, "peak_mb": 8000.0, "p95_ms": 50.0}
LOOKUPS = 200


def make_bundle(programs: pathlib.Path, folder: pathlib.Path, size: str) -> None:
    """Writes the bundle."""
    concepts, relationships, ancestors = SIZES[size]
    counts = ["--concepts", concepts, "--relationships", relationships, "--ancestors", ancestors]
    run([str(programs / "athena_bundle"), str(folder), *map(str, counts)])
    megabytes = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    print(f"{'bundle':<40}{megabytes:>9,.0f} MB, {concepts:,} concepts, {ancestors:,} ancestors", flush=True)


def load(binary: pathlib.Path, station: pathlib.Path, bundle: pathlib.Path) -> float:
    """Loads the bundle into a fresh station; returns the seconds that reading and sorting took."""
    run([str(binary), "init", str(station), "--json"])
    settings = ["--set", f"vocab.memory_mb_max={MEMORY_MB}"]
    cost, answer = run(
        [str(binary), "vocab", "load", str(bundle), "--station", str(station), "--json", "-q", *settings]
    )
    seconds: dict[str, float] = json.loads(answer)["seconds"]
    phases = ", ".join(f"{name} {took:.1f} s" for name, took in seconds.items())
    phases += f", then the hot copy {cost.wall_s - sum(seconds.values()):.1f} s"
    print(f"{'vocab load':<40}{cost.cpu_s:>9.1f} CPU s {cost.wall_s:>7.1f} s   {phases}", flush=True)
    judge("peak MB", cost.peak_mb, "< 8000", cost.peak_mb < GOALS["peak_mb"])
    return seconds["open"] + seconds["read"] + seconds["sort"]


def sort_with_duckdb(bundle: pathlib.Path, work: pathlib.Path) -> float:
    """Does what the load does before it checks, with DuckDB from PyPI; returns the seconds."""
    target = work / "sorted"
    target.mkdir()
    program = str(ROOT / "tests/bench/sorted_copy.py")
    threads = os.cpu_count() or 1
    cost, answer = run([str(python_of_peers()), program, str(bundle), str(target), str(MEMORY_MB), str(threads)])
    seconds: float = json.loads(answer)["seconds"]
    print(f"{'DuckDB, scan and sort':<40}{cost.cpu_s:>9.1f} CPU s {seconds:>7.1f} s {cost.peak_mb:>8.0f} MB peak")
    return seconds


def latencies(ask: Callable[[int], None]) -> list[float]:
    """Returns the milliseconds of each question."""
    took = []
    for number in range(LOOKUPS):
        started = time.monotonic()
        ask(number)
        took.append((time.monotonic() - started) * 1000)
    return took


def measure_lookups(binary: pathlib.Path, station: pathlib.Path) -> None:
    """Look-ups and searches of a client whose verbs an owner carries out: what somebody at a terminal waits."""
    environment = {**os.environ, "PLUGINLAKE_STATION": str(station)}

    def verb(*words: str) -> Any:
        done = subprocess.run([str(binary), *words, "--json"], env=environment, capture_output=True, check=True)
        return json.loads(done.stdout)

    verb("vocab", "search", "disorder")  # makes the hot copy
    rows = verb("query", "SELECT vocabulary_id, concept_code FROM vocab.concept USING SAMPLE 200 ROWS", "-q")
    words = ["diabetes", "chronic pain", "tablet", "E11", "heart", "blood pressure", "left", "oral solution"]
    questions: dict[str, Callable[[int], None]] = {
        "vocab lookup": lambda n: verb(
            "vocab", "lookup", "--system", rows[n]["vocabulary_id"], "--code", rows[n]["concept_code"]
        ),
        "vocab search": lambda n: verb("vocab", "search", words[n % len(words)]),
    }
    with waiting_owner(binary, environment):
        for name, ask in questions.items():
            took = latencies(ask)
            p95 = statistics.quantiles(took, n=20)[-1]
            print(f"{name + ', median ms':<40}{statistics.median(took):>9.1f}", flush=True)
            judge(f"{name}, p95 ms", p95, "< 50", p95 < GOALS["p95_ms"])


def main() -> None:
    """Runs all measurements and prints them with their goals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("--full", action="store_true", help="a bundle of the size of a whole release")
    parser.add_argument("--work", type=pathlib.Path, help="folder with room for it (default: that of temporary files)")
    options = parser.parse_args()
    binary = options.binary.resolve()
    with tempfile.TemporaryDirectory(prefix="pluginlake-bench-", dir=options.work) as name:
        work = pathlib.Path(name)
        make_bundle(binary.parent, work / "bundle", "full" if options.full else "part")
        theirs = sort_with_duckdb(work / "bundle", work)
        ours = load(binary, work / "station", work / "bundle")
        share = theirs / ours
        judge("of the speed of DuckDB's scan and sort", share, ">= 0.85", share >= GOALS["share"])
        measure_lookups(binary, work / "station")


if __name__ == "__main__":
    main()
