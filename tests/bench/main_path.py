#!/usr/bin/env python3
"""Measures the main path: all of FHIR to OMOP, one patient's change to visible OMOP, the views of all resources and of
a hundred that changed, a thousand trivial assets.

Every figure is of a whole process that owns its station, as the operating system accounts for it; the cheapest of
several rounds counts, by CPU time. Goals without a peer are a little below what was reached when they were set: they
tell when it gets worse.
"""

import argparse
import dataclasses
import gzip
import itertools
import json
import os
import pathlib
import shutil
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from measured import ROOT, Cost, judge, python_of_peers, run

ASSETS = 1000
CHAIN_DEPTH = 10
GOALS = {
    "resources_per_cpu_s": 13_000.0,
    "peak_mb": 1200.0,
    "change_cpu_s": 3.0,
    "change_share": 0.25,
    "views_share": 0.1,
    "asset_ms": 1.0,
    "dagster": 5.0,
}


@dataclasses.dataclass(frozen=True)
class Options:
    """What the parts share."""

    binary: pathlib.Path
    shared: pathlib.Path
    rounds: int
    with_dagster: bool
    work: pathlib.Path


@dataclasses.dataclass(frozen=True)
class Station:
    """A station that no process holds: each verb starts, owns it, and ends."""

    binary: pathlib.Path
    folder: pathlib.Path

    def run(self, *verb: object) -> tuple[Cost, Any]:
        """Runs one verb; returns its cost and its JSON answer."""
        environment = {**os.environ, "PLUGINLAKE_STATION": str(self.folder)}
        cost, answer = run([str(self.binary), *map(str, verb), "--json", "-q"], environment=environment)
        return cost, json.loads(answer)


def new_station(options: Options, name: str) -> Station:
    """Makes an empty station."""
    folder = options.work / name
    run([str(options.binary), "init", str(folder), "--json"])
    return Station(options.binary, folder)


def filled_station(options: Options) -> Station:
    """Makes a station with the vocabulary and all resources of the Synthea pack, and no asset built; once."""
    station = Station(options.binary, options.work / "synthea")
    if not station.folder.exists():
        new_station(options, "synthea")
        station.run("vocab", "load", options.shared / "data/omop/vocab", "--partial")
        station.run("ingest", options.shared / "data/synthea/ndjson")
    return station


def copy_of(station: Station, name: str) -> Station:
    """Returns a copy in a folder of its own, in place of an older one."""
    folder = station.folder.parent / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(station.folder, folder)
    return Station(station.binary, folder)


def cheapest(rounds: int, once: Callable[[int], tuple[Cost, Any]]) -> tuple[Cost, Any]:
    """Runs it several times, told which round it is; returns the round that took the least CPU time."""
    return min((once(number) for number in range(rounds)), key=lambda measured: measured[0].cpu_s)


def show(name: str, cost: Cost, told: str) -> None:
    """Prints one line: what it took, and what was done for it."""
    print(
        f"{name:<40}{cost.cpu_s:>7.2f} CPU s {cost.wall_s:>7.2f} s {cost.peak_mb:>6.0f} MB peak   {told}",
        flush=True,
    )


def computed(answer: Any) -> list[str]:
    """Returns the keys of the assets that a run computed."""
    return [asset["key"] for asset in answer["assets"] if asset["mode"] != "skipped"]


def rows_told(answer: Any) -> str:
    """Returns what a run says of its rows: those it wrote and removed. What it read, it does not say."""
    rows = sum(asset["rows_changed"] for asset in answer["assets"])
    tables = sum(asset["rows_changed"] > 0 for asset in answer["assets"])
    commit = f"{answer['commit_cpu_ms'] / 1000:.2f} CPU s of commit"
    return f"{len(computed(answer))} assets computed, {rows:,} rows changed in {tables} tables, {commit}"


def full_part(options: Options) -> None:
    """FHIR to OMOP, all of it: the run alone, on a fresh copy of the filled station each round."""
    filled = filled_station(options)
    cost, answer = cheapest(options.rounds, lambda _: copy_of(filled, "full").run("run"))
    show("run, FHIR to OMOP, 132 patients", cost, rows_told(answer))
    rows = {asset["key"]: asset["rows"] for asset in answer["assets"]}
    omop = sum(count for key, count in rows.items() if key.startswith("omop/"))
    resources = rows["fhir/resource"]
    if answer["status"] != "done" or resources < 250_000 or omop < 200_000:
        sys.exit("bench: the run did not make what it must")
    print(f"{'OMOP rows per CPU second':<40}{omop / cost.cpu_s:>9,.0f}   of {omop:,}", flush=True)
    rate = resources / cost.cpu_s
    judge("resources per CPU second", rate, ">= 13,000", rate >= GOALS["resources_per_cpu_s"])
    judge("peak MB", cost.peak_mb, "< 1200", cost.peak_mb < GOALS["peak_mb"])


@dataclasses.dataclass
class ChangingBundle:
    """One patient's bundle, in which one Observation's value changes."""

    path: pathlib.Path
    bundle: Any
    observation: Any

    def write(self) -> None:
        """Writes the bundle as it is now."""
        self.path.write_text(json.dumps(self.bundle))

    def change(self) -> float:
        """Changes the value, writes the bundle, and returns the new value."""
        quantity = self.observation["valueQuantity"]
        quantity["value"] = round(float(quantity["value"]) + 1.5, 3)
        self.write()
        return float(quantity["value"])


def changing_bundle(options: Options) -> ChangingBundle:
    """Takes the first patient of the pack, and an Observation with a quantity."""
    packed = min((options.shared / "data/synthea/bundles").glob("*.json.gz"))
    bundle = json.loads(gzip.decompress(packed.read_bytes()))
    resources = [entry["resource"] for entry in bundle["entry"]]
    observation = next(r for r in resources if r["resourceType"] == "Observation" and "valueQuantity" in r)
    return ChangingBundle(options.work / "patient.json", bundle, observation)


def is_visible(station: Station, observation_id: str, value: float) -> bool:
    """Says whether OMOP shows the value of the Observation."""
    sql = (
        "SELECT m.value_as_number FROM omop.measurement AS m JOIN lineage.row_source AS s"
        " ON s.omop_table = 'measurement' AND s.row_id = m.measurement_id AND s.retired_run_id IS NULL"
        f" WHERE s.resource_id = '{observation_id}'"
    )
    _, rows = station.run("query", sql, "--format", "json")
    return [row["value_as_number"] for row in rows] == [value]


def change_part(options: Options) -> None:
    """One value of one patient, from the file to OMOP; what has not changed is not computed."""
    station = copy_of(filled_station(options), "change")
    patient = changing_bundle(options)
    patient.write()
    full, _ = station.run("run")
    station.run("ingest", patient.path)  # the pack has samples only of some types: the rest comes in here
    station.run("run")

    ingests: list[tuple[Cost, Any]] = []

    def change_once(_: int) -> tuple[Cost, Any]:
        value = patient.change()
        ingests.append(station.run("ingest", patient.path))
        measured = station.run("run")
        if not is_visible(station, patient.observation["id"], value):
            sys.exit("bench: the changed value is not in OMOP")
        return measured

    cost, answer = cheapest(options.rounds, change_once)
    ingest_cost, counts = min(ingests, key=lambda measured: measured[0].cpu_s)
    show("ingest, one value changed", ingest_cost, f"{counts['received']:,} received, {counts['stored']} stored")
    show("run, one value changed", cost, rows_told(answer))
    judge(
        "CPU s of the change, to OMOP",
        ingest_cost.cpu_s + cost.cpu_s,
        "< 3",
        ingest_cost.cpu_s + cost.cpu_s < GOALS["change_cpu_s"],
    )
    share = cost.cpu_s / full.cpu_s
    judge("of the CPU s of a full run", share, "< 0.25", share < GOALS["change_share"])

    again, answer = cheapest(options.rounds, lambda _: station.run("run"))
    show("run, nothing changed", again, rows_told(answer))
    judge("assets computed when nothing changed", len(computed(answer)), "= 0", not computed(answer))
    os.utime(patient.path)
    touched, counts = station.run("ingest", patient.path)
    show("ingest, a new mtime only", touched, f"{counts['received']:,} received, {counts['stored']} stored")
    after, answer = station.run("run")
    show("run after a new mtime", after, rows_told(answer))
    judge("assets computed after a new mtime", len(computed(answer)), "= 0", not computed(answer))


def views_part(options: Options) -> None:
    """The fhir.* tables of all resources, and of a hundred Observations of 117,765 that changed."""
    filled = filled_station(options)
    full, answer = cheapest(options.rounds, lambda _: copy_of(filled, "views").run("run", "fhir/*"))
    show("run fhir/*, all resources", full, rows_told(answer))
    station = Station(options.binary, options.work / "views")
    packed = options.shared / "data/synthea/ndjson/Observation.ndjson.gz"
    changed = options.work / "changed.ndjson"

    def change_once(number: int) -> tuple[Cost, Any]:
        with gzip.open(packed, "rt") as lines, changed.open("w") as out:
            for line in itertools.islice(lines, 0, 100_000, 1000):
                resource = json.loads(line)
                resource["valueString"] = f"changed {number}"
                out.write(json.dumps(resource) + "\n")
        station.run("ingest", changed)
        return station.run("run", "fhir/*")

    cost, answer = cheapest(options.rounds, change_once)
    told = {asset["key"]: (asset["keys"], asset["rows_changed"]) for asset in answer["assets"]}
    read, rows = told["fhir/observation"]
    show("run fhir/*, 100 Observations changed", cost, f"{read} resources read, {rows} rows written and removed")
    if read != 100 or station.run("run", "fhir/*", "--full")[1]["snapshot_ids"]:
        sys.exit("bench: what changed is not what a full run makes")
    share = cost.cpu_s / full.cpu_s
    judge("of the CPU s of all resources", share, "< 0.1", share < GOALS["views_share"])


def write_assets(folder: pathlib.Path) -> None:
    """Writes chains of assets of one row each."""
    (folder / "trivial").mkdir(parents=True)
    for number in range(ASSETS):
        path = folder / f"trivial/a{number:04}"
        is_start = number % CHAIN_DEPTH == 0
        start = f"SELECT 1 AS id, {number} AS value"
        link = f"SELECT id, value + 1 AS value FROM trivial.a{number - 1:04}"
        path.with_suffix(".sql").write_text((start if is_start else link) + "\n")
        path.with_suffix(".toml").write_text(f'description = "Trivial asset {number}"\nkey = "id"\n')


def assets_part(options: Options) -> None:
    """A thousand assets of one row, planned and run, beside Dagster."""
    start, _ = cheapest(options.rounds, lambda _: new_station(options, f"none{_}").run("plan"))
    show("plan of the built-in assets", start, "what a process costs that starts and reads the lake")
    stations: list[Station] = []

    def run_fresh(number: int) -> tuple[Cost, Any]:
        stations.append(new_station(options, f"assets{number}"))
        write_assets(stations[-1].folder / "assets")
        return stations[-1].run("run", "trivial/*")

    cost, answer = cheapest(options.rounds, run_fresh)
    if answer["status"] != "done" or len(computed(answer)) != ASSETS:
        sys.exit("bench: not all assets were computed")
    show("run, 1000 trivial assets", cost, rows_told(answer))
    plan, _ = cheapest(options.rounds, lambda _: stations[-1].run("plan", "trivial/*"))
    show("plan, 1000 trivial assets", plan, "nothing stale")
    beside_commit = (cost.cpu_s - answer["commit_cpu_ms"] / 1000 - start.cpu_s) / ASSETS * 1000
    judge("CPU ms an asset, beside the commit", beside_commit, "< 1", beside_commit < GOALS["asset_ms"])
    in_commit = answer["commit_cpu_ms"] / ASSETS
    print(f"{'CPU ms an asset, of the lake commit':<40}{in_commit:>9.2f}", flush=True)
    if options.with_dagster:
        beside_dagster(beside_commit, in_commit)


def beside_dagster(beside_commit: float, in_commit: float) -> None:
    """Prints how many times the CPU time of an asset Dagster takes for the same shape, its start left out too."""
    python = python_of_peers()
    command = [str(python), str(ROOT / "tests/bench/dagster_assets.py")]
    begin, _ = cheapest(2, lambda _: run([*command, "0", str(CHAIN_DEPTH)]))
    cost, _ = run([*command, str(ASSETS), str(CHAIN_DEPTH)])
    show("Dagster, 1000 trivial assets", cost, f"{begin.cpu_s:.2f} CPU s of start")
    per_asset = (cost.cpu_s - begin.cpu_s) / ASSETS * 1000
    print(f"{'CPU ms an asset, Dagster':<40}{per_asset:>9.2f}", flush=True)
    ratio = per_asset / beside_commit
    judge("times the CPU of ours, beside the commit", ratio, ">= 5", ratio >= GOALS["dagster"])
    whole = per_asset / (beside_commit + in_commit)
    print(f"{'times the CPU of ours, commit and all':<40}{whole:>9.2f}", flush=True)


PARTS = {"full": full_part, "change": change_part, "views": views_part, "assets": assets_part}


def main() -> None:
    """Runs the parts and prints them with their goals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=list(PARTS), action="append", help="this part; may be given again")
    parser.add_argument("--no-dagster", action="store_true", help="leave the named peer out")
    given = parser.parse_args()
    if not given.shared.is_dir():
        sys.exit("bench: needs ../shared (or --shared DIR) for the Synthea patients")
    with tempfile.TemporaryDirectory(prefix="pluginlake-bench-") as name:
        options = Options(given.binary.resolve(), given.shared, given.rounds, not given.no_dagster, pathlib.Path(name))
        for part in given.only or PARTS:
            PARTS[part](options)


if __name__ == "__main__":
    main()
