"""Loads NDJSON files into a DuckLake with dlt, without nesting: the named peer of `make bench`.

Usage: dlt_load.py FOLDER FILE...   (the lake is made in FOLDER)
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import dlt
from dlt.destinations.impl.ducklake.configuration import DuckLakeCredentials


def resources(files: list[Path]) -> Iterator[dict[str, object]]:
    """Yields each line as dlt's users do: the parsed resource."""
    for file in files:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)


def main() -> None:
    """Runs the pipeline and prints how many rows it loaded."""
    folder = Path(sys.argv[1])
    files = [Path(name) for name in sys.argv[2:]]
    os.environ["DLT_DATA_DIR"] = str(folder / "dlt")
    credentials = DuckLakeCredentials(
        "lake", catalog=f"sqlite:///{folder / 'catalog.sqlite'}", storage=str(folder / "data")
    )
    table = dlt.resource(resources(files), name="fhir_resource", max_table_nesting=0)
    pipeline = dlt.pipeline(
        "bench",
        destination=dlt.destinations.ducklake(credentials=credentials),
        dataset_name="raw",
        pipelines_dir=str(folder / "pipelines"),
    )
    pipeline.run(table)
    counts = pipeline.last_trace.last_normalize_info.row_counts
    print(json.dumps({"rows": counts.get("fhir_resource", 0)}))


if __name__ == "__main__":
    main()
