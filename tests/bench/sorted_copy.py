"""Reads the files of an Athena bundle with DuckDB's own CSV scan and writes each sorted as Parquet: the named peer.

Usage: sorted_copy.py BUNDLE FOLDER MEMORY_MB THREADS
"""

import json
import pathlib
import sys
import time

import duckdb  # type: ignore[import-not-found]  # of the peers' own environment

SORTED_BY = {
    "concept": "concept_id",
    "vocabulary": "vocabulary_id",
    "domain": "domain_id",
    "concept_class": "concept_class_id",
    "concept_relationship": "concept_id_1",
    "relationship": "relationship_id",
    "concept_synonym": "concept_id",
    "concept_ancestor": "ancestor_concept_id",
    "drug_strength": "drug_concept_id",
}


def type_of(column: str) -> str:
    """Returns the type that a column of the vocabularies has in the CDM; ids as the station keeps them."""
    if column.endswith("_date"):
        return "DATE"
    if "levels_of" in column or column == "box_size":
        return "INTEGER"
    if column.endswith(("amount_value", "numerator_value", "denominator_value")):
        return "DOUBLE"
    return "BIGINT" if "concept_id" in column else "VARCHAR"


def main() -> None:
    """Copies all files and prints the seconds it took."""
    bundle, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '{sys.argv[3]}MB'")
    connection.execute(f"SET threads = {sys.argv[4]}")
    connection.execute(f"SET temp_directory = '{target}/spilled'")
    connection.execute("SET preserve_insertion_order = false")
    started = time.monotonic()
    for table, order in SORTED_BY.items():
        path = bundle / f"{table.upper()}.csv"
        with path.open(encoding="utf-8") as file:
            columns = {name: type_of(name) for name in file.readline().strip().split("\t")}
        connection.execute(
            f"COPY (SELECT * FROM read_csv('{path}', delim='\t', quote='', escape='', header=true, auto_detect=false,"
            f" dateformat='%Y%m%d', nullstr='', columns={json.dumps(columns)}) ORDER BY {order})"
            f" TO '{target}/{table}.parquet' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1,"
            " ROW_GROUP_SIZE 20480)"
        )
    print(json.dumps({"seconds": time.monotonic() - started}))


if __name__ == "__main__":
    main()
