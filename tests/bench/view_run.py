#!/usr/bin/env python3
"""Measures `view run` on Synthea's Observations: 14 columns to Parquet, beside DuckDB's own ways to the same rows.

Every figure is of a whole process, as the operating system accounts for it. The peers run on the DuckDB that pluginlake
is made of: read_json with hand-written columns and SQL, and the SQL of list functions that a ViewDefinition compiles to
where a runner only has SQL to compile to.
"""

import argparse
import gzip
import pathlib
import subprocess
import sys
import tempfile

from measured import MEGABYTE, ROOT, Cost, judge, run

HERE = pathlib.Path(__file__).resolve().parent / "view_run"
BYTES_MIN = 200 * MEGABYTE
LISTS_BYTES = 25 * MEGABYTE
GOALS = {"rate": 250.0, "read_json": 1.3, "lists": 20.0, "threads": 1.7, "peak_mb": 300.0}

CODING = "STRUCT(system VARCHAR, code VARCHAR, display VARCHAR)[]"
COLUMNS = {
    "resourceType": "VARCHAR",
    "id": "VARCHAR",
    "status": "VARCHAR",
    "category": f"STRUCT(coding {CODING})[]",
    "code": f"STRUCT(coding {CODING}, text VARCHAR)",
    "subject": "STRUCT(reference VARCHAR)",
    "encounter": "STRUCT(reference VARCHAR)",
    "effectiveDateTime": "VARCHAR",
    "issued": "VARCHAR",
    "valueQuantity": 'STRUCT("value" VARCHAR, unit VARCHAR, system VARCHAR, code VARCHAR)',
    "valueCodeableConcept": f"STRUCT(coding {CODING}, text VARCHAR)",
}
# The columns of observation.json: how one writes them by hand, and their steps (a list's name ends in [], `first` is a
# step, `key` takes the id of a reference).
BY_HAND = {
    "id": ("id", ["id"]),
    "patient_id": ("split_part(subject.reference, '/', 2)", ["subject", "reference", "key:Patient"]),
    "encounter_id": ("split_part(encounter.reference, '/', 2)", ["encounter", "reference", "key:Encounter"]),
    "status": ("status", ["status"]),
    "category": ("category[1].coding[1].code", ["category[]", "coding[]", "first", "code"]),
    "code_system": ("code.coding[1].system", ["code", "coding[]", "first", "system"]),
    "code": ("code.coding[1].code", ["code", "coding[]", "first", "code"]),
    "code_display": ("code.coding[1].display", ["code", "coding[]", "first", "display"]),
    "effective": ("effectiveDateTime", ["effectiveDateTime"]),
    "issued": ("issued", ["issued"]),
    "value": ("valueQuantity.value", ["valueQuantity", "value"]),
    "unit": ("valueQuantity.unit", ["valueQuantity", "unit"]),
    "unit_code": ("valueQuantity.code", ["valueQuantity", "code"]),
    "value_code": ("valueCodeableConcept.coding[1].code", ["valueCodeableConcept", "coding[]", "first", "code"]),
}


def best(rounds: int, command: list[str], text: str = "") -> Cost:
    """Runs a command several times and returns what the cheapest run took."""
    return min((run(command, text=text)[0] for _ in range(rounds)), key=lambda cost: cost.cpu_s)


def make_input(shared: pathlib.Path, target: pathlib.Path, bytes_min: int) -> int:
    """Writes the Observations, again and again with other ids, until there are enough; returns the bytes."""
    with target.open("wb") as out:
        copy = 0
        while out.tell() < bytes_min:
            mark = f'"Observation","id":"{copy}-'.encode()
            # Line by line: a process starts with the peak memory of the one that started it.
            with gzip.open(shared / "data/synthea/ndjson/Observation.ndjson.gz") as packed:
                out.writelines(line.replace(b'"Observation","id":"', mark, 1) for line in packed)
            copy += 1
    return target.stat().st_size


def source(path: pathlib.Path) -> str:
    """Returns the typed read of the file."""
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
    return f"read_json('{path}', format = 'newline_delimited', columns = {{{columns}}})"


def by_hand(path: pathlib.Path, target: pathlib.Path) -> str:
    """Returns SQL as a person writes it who knows the data."""
    columns = ", ".join(f"{sql} AS {name}" for name, (sql, _) in BY_HAND.items())
    return f"COPY (SELECT {columns} FROM {source(path)}) TO '{target}' (FORMAT parquet)"


def as_lists(steps: list[str]) -> str:
    """Returns one path as list functions: each step maps a list to a list, since any step may have several values, and
    several at the end are an error."""
    sql = "[r]"
    for step in steps:
        if step == "first":
            sql = f"list_slice({sql}, 1, 1)"
        elif step.startswith("key:"):
            kind = step.removeprefix("key:")
            kept = f"list_filter({sql}, lambda x: split_part(x, '/', -2) = '{kind}')"
            sql = f"list_transform({kept}, lambda x: split_part(x, '/', -1))"
        elif step.endswith("[]"):
            sql = f"flatten(list_transform({sql}, lambda x: coalesce(x.{step[:-2]}, [])))"
        else:
            sql = f'list_filter(list_transform({sql}, lambda x: x."{step}"), lambda x: x IS NOT NULL)'
    return f"CASE WHEN len({sql}) > 1 THEN error('several values') ELSE ({sql})[1] END"


def compiled(path: pathlib.Path, target: pathlib.Path) -> str:
    """Returns the view compiled to list functions: the resource is a value, the row comes by UNNEST."""
    columns = ", ".join(f"'{name}': {as_lists(steps)}" for name, (_, steps) in BY_HAND.items())
    row = f"unnest(list_transform([r], lambda r: {{{columns}}}), recursive := true)"
    rows = f"SELECT {row} FROM {source(path)} AS r WHERE r.resourceType = 'Observation'"
    return f"COPY ({rows}) TO '{target}' (FORMAT parquet)"


def show(name: str, size: int, cost: Cost) -> float:
    """Prints one line and returns MB per CPU second."""
    rate = size / MEGABYTE / cost.cpu_s
    print(
        f"{name:<40}{size / MEGABYTE:>7.0f} MB {cost.cpu_s:>7.2f} CPU s {cost.wall_s:>7.2f} s"
        f" {rate:>7.1f} MB/CPU s {size / MEGABYTE / cost.wall_s:>7.1f} MB/s {cost.peak_mb:>6.0f} MB peak",
        flush=True,
    )
    return rate


def view_command(binary: pathlib.Path, path: pathlib.Path, target: pathlib.Path, threads: int) -> list[str]:
    """Returns the call that writes the view's rows as Parquet."""
    view = str(HERE / "observation.json")
    return [str(binary), "view", "run", view, "--from", str(path), "-o", str(target), "--threads", str(threads), "-q"]


def main() -> None:
    """Runs all measurements and prints them with their goals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("--programs", type=pathlib.Path, help="folder of sql_bench and view_bench (that of the binary)")
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if not options.shared.is_dir():
        sys.exit("bench: needs ../shared (or --shared DIR) for the Synthea NDJSON")
    binary = options.binary.resolve()
    programs = (options.programs or binary.parent).resolve()
    with tempfile.TemporaryDirectory(prefix="pluginlake-bench-") as name:
        work = pathlib.Path(name)
        target = work / "rows.parquet"
        path = work / "observations.ndjson"
        size = make_input(options.shared, path, BYTES_MIN)
        large = work / "large.ndjson"
        large_size = make_input(options.shared, large, 4 * BYTES_MIN)
        part = work / "part.ndjson"
        with path.open("rb") as whole, part.open("wb") as beginning:
            while beginning.tell() < LISTS_BYTES:
                beginning.write(whole.readline())

        one = best(options.rounds, view_command(binary, path, target, 1))
        rate = show("view run, 1 thread", size, one)
        two = best(options.rounds, view_command(binary, path, target, 2))
        show("view run, 2 threads", size, two)
        large_one = best(options.rounds, view_command(binary, large, target, 1))
        large_rate = show("view run, 1 thread, 4 times the input", large_size, large_one)
        large_two = best(options.rounds, view_command(binary, large, target, 2))
        show("view run, 2 threads, 4 times the input", large_size, large_two)
        sql_bench = [str(programs / "sql_bench")]
        hand = show(
            "DuckDB read_json, columns by hand, 1", size, best(options.rounds, [*sql_bench, "1"], by_hand(path, target))
        )
        hand_two = best(options.rounds, [*sql_bench, "2"], by_hand(path, target))
        show("DuckDB read_json, columns by hand, 2", size, hand_two)
        part_size = part.stat().st_size
        lists = show("DuckDB, list functions, 1", part_size, best(1, [*sql_bench, "1"], compiled(part, target)))

        judge("MB per CPU second", rate, ">= 250", rate >= GOALS["rate"])
        judge("against read_json, per CPU second", rate / hand, ">= 1.3", rate / hand >= GOALS["read_json"])
        wall = hand_two.wall_s / two.wall_s
        judge("against read_json, 2 threads, wall", wall, ">= 1.3", wall >= GOALS["read_json"])
        # The start of a process weighs less the longer it runs: the slow peer's part is long, so is this one.
        factor = large_rate / lists
        judge("against list functions, per CPU second", factor, ">= 20", factor >= GOALS["lists"])
        speedup = large_one.wall_s / large_two.wall_s
        judge("2 threads against 1, wall", speedup, ">= 1.7", speedup >= GOALS["threads"])
        peak_mb = max(two.peak_mb, large_two.peak_mb)
        judge("peak MB", peak_mb, "< 300", peak_mb < GOALS["peak_mb"])
        print(
            subprocess.run(
                [str(programs / "view_bench"), str(path), str(HERE / "observation.json")],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )


if __name__ == "__main__":
    main()
