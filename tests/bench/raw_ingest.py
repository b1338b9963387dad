#!/usr/bin/env python3
"""Measures raw ingest on the Synthea NDJSON: MB per CPU second and per wall second, peak memory, beside dlt; and what a
verb and an owner cost that do nothing.

Every figure is of a whole process, as the operating system accounts for it: start-up, commit and exit are in it.
"""

import argparse
import gzip
import json
import os
import pathlib
import shutil
import sys
import tempfile

from measured import MEGABYTE, ROOT, Cost, judge, python_of_peers, run, waiting_owner

PEER_BYTES = 50_000_000
GOALS = {"rate": 120.0, "peak_mb": 1000.0, "dlt": 60.0, "version_ms": 50.0, "start_cpu_ms": 150.0, "idle_mb": 60.0}


def unpack(shared: pathlib.Path, folder: pathlib.Path) -> int:
    """Unpacks the NDJSON pack into the folder and returns its bytes."""
    folder.mkdir()
    for packed in sorted((shared / "data/synthea/ndjson").glob("*.ndjson.gz")):
        with gzip.open(packed) as source, (folder / packed.stem).open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
    return sum(file.stat().st_size for file in folder.iterdir())


def first_bytes(folder: pathlib.Path, target: pathlib.Path) -> int:
    """Writes the first whole lines of the pack, PEER_BYTES of them, into one file; returns its size."""
    with target.open("wb") as out:
        for file in sorted(folder.iterdir()):
            with file.open("rb") as lines:
                for line in lines:
                    if out.tell() + len(line) > PEER_BYTES:
                        return out.tell()
                    out.write(line)
    return target.stat().st_size


def ingest(binary: pathlib.Path, station: pathlib.Path, source: pathlib.Path, threads: int) -> Cost:
    """Ingests into a fresh station and returns what the ingest took."""
    environment = {
        **os.environ,
        "PLUGINLAKE_STATION": str(station),
        "PLUGINLAKE_SOURCES__THREADS": str(threads),
        "PLUGINLAKE_DUCK__THREADS": str(threads),
    }
    run([str(binary), "init", str(station), "--json"])
    cost, answer = run([str(binary), "ingest", str(source), "--json", "-q"], environment=environment)
    counts = json.loads(answer)
    if counts["received"] != counts["stored"] or counts["received"] == 0:
        sys.exit("bench: the counts of the ingest are not those of a first one")
    shutil.rmtree(station)
    return cost


def load_with_dlt(work: pathlib.Path, source: pathlib.Path) -> Cost:
    """Loads the file with dlt into a DuckLake of its own; DuckDB finds its extensions in a home made for it."""
    python = python_of_peers()
    home = work / "home"
    extensions = home / ".duckdb/extensions/v1.5.5/linux_amd64"
    extensions.mkdir(parents=True)
    sdk = pathlib.Path(os.environ.get("PLUGINLAKE_DUCKDB_SDK") or ROOT / ".cache/duckdb")
    for extension in (sdk / "extensions").iterdir():
        shutil.copy(extension, extensions)
    environment = {**os.environ, "HOME": str(home), "RUNTIME__DLTHUB_TELEMETRY": "false"}
    program = str(ROOT / "tests/bench/dlt_load.py")
    # Compiles its modules once, so that this is not measured.
    run([str(python), "-c", "import dlt"], environment=environment)
    cost, _ = run([str(python), program, str(home), str(source)], environment=environment)
    return cost


def show(name: str, size: int, cost: Cost) -> float:
    """Prints one line and returns MB per CPU second."""
    rate = size / MEGABYTE / cost.cpu_s
    print(
        f"{name:<34}{size / MEGABYTE:>8.1f} MB {cost.cpu_s:>8.2f} CPU s {cost.wall_s:>8.2f} s"
        f" {rate:>8.1f} MB/CPU s {size / MEGABYTE / cost.wall_s:>8.1f} MB/s {cost.peak_mb:>7.0f} MB peak",
        flush=True,
    )
    return rate


def anonymous_mb(process: int) -> float:
    """Returns the anonymous memory of a process."""
    status = pathlib.Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon")) / 1024


def measure_idle(binary: pathlib.Path, station: pathlib.Path) -> None:
    """Prints what `version`, a verb that opens the lake, and a waiting owner cost, with their goals."""
    run([str(binary), "init", str(station), "--json"])
    environment = {**os.environ, "PLUGINLAKE_STATION": str(station)}
    version = min(run([str(binary), "version"])[0].wall_s for _ in range(5)) * 1000
    judge("version, ms wall", version, "< 50", version < GOALS["version_ms"])
    opened = min(run([str(binary), "snapshots"], environment=environment)[0].cpu_s for _ in range(5)) * 1000
    judge("start of a verb on the lake, ms CPU", opened, "< 150", opened < GOALS["start_cpu_ms"])
    with waiting_owner(binary, environment) as owner:
        idle = anonymous_mb(owner)
    judge("anonymous MB of an owner that waits", idle, "< 60", idle < GOALS["idle_mb"])


def main() -> None:
    """Runs all measurements and prints them with their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--no-dlt", action="store_true", help="leave the named peer out")
    options = parser.parse_args()
    if not options.shared.is_dir():
        sys.exit("bench: needs ../shared (or --shared DIR) for the Synthea NDJSON")
    binary = options.binary.resolve()
    with tempfile.TemporaryDirectory(prefix="pluginlake-bench-") as name:
        work = pathlib.Path(name)
        size = unpack(options.shared, work / "ndjson")
        part = work / "part.ndjson"
        part_size = first_bytes(work / "ndjson", part)
        ingest(binary, work / "station", part, 2)  # warms the page cache and the binary
        one = ingest(binary, work / "station", work / "ndjson", 1)
        show("ingest, 1 thread", size, one)
        two = ingest(binary, work / "station", work / "ndjson", 2)
        rate = show("ingest, 2 threads", size, two)
        print(f"{'2 threads against 1, wall':<34}{one.wall_s / two.wall_s:>8.2f} times", flush=True)
        judge("MB per CPU second, 2 threads", rate, ">= 120", rate >= GOALS["rate"])
        judge("peak MB", two.peak_mb, "< 1000", two.peak_mb < GOALS["peak_mb"])
        ours = show("ingest, first 50 MB, 2 threads", part_size, ingest(binary, work / "station", part, 2))
        if not options.no_dlt:
            peer = show("dlt, DuckLake, first 50 MB", part_size, load_with_dlt(work, part))
            print(f"{'first 50 MB against dlt':<34}{ours / peer:>8.1f} times less CPU", flush=True)
            judge("all MB against dlt's 50, per MB", rate / peer, ">= 60", rate / peer >= GOALS["dlt"])
        measure_idle(binary, work / "idle")


if __name__ == "__main__":
    main()
