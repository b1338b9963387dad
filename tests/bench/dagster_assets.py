"""Materialises trivial assets with Dagster in one process: the named peer of `make bench` for many small assets.

Usage: dagster_assets.py COUNT DEPTH   (chains of DEPTH; COUNT 0 = start only)

What is kindest to it: an instance and values that live in memory, one process, no code server, no lines of log.
"""

import json
import sys
import time
from typing import Any

import dagster

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
Row = dict[str, int]


def trivial_asset(number: int, depth: int) -> Any:
    """Returns an asset of one row; it reads its predecessor unless it starts a chain."""

    def start() -> Row:
        return {"id": 1, "value": number}

    def link(row: Row) -> Row:
        return {"id": row["id"], "value": row["value"] + 1}

    if number % depth == 0:
        return dagster.asset(name=f"a{number:04}")(start)
    return dagster.asset(name=f"a{number:04}", ins={"row": dagster.AssetIn(key=f"a{number - 1:04}")})(link)


def materialise(count: int, depth: int) -> int:
    """Materialises so many assets and returns how many were."""
    assets = [trivial_asset(number, depth) for number in range(count)]
    with dagster.DagsterInstance.ephemeral() as instance:
        resources = {"io_manager": dagster.mem_io_manager}
        result = dagster.materialize(assets, instance=instance, resources=resources, run_config=QUIET)
        return len(result.get_asset_materialization_events())


def main() -> None:
    """Materialises the assets and says what that took."""
    count, depth = int(sys.argv[1]), int(sys.argv[2])
    started, cpu = time.monotonic(), time.process_time()
    done = materialise(count, depth) if count > 0 else 0
    print(json.dumps({"assets": done, "wall_s": time.monotonic() - started, "cpu_s": time.process_time() - cpu}))
    if done != count:
        sys.exit("not all assets were materialised")


if __name__ == "__main__":
    main()
