"""The field tables of omop and vocab say what the official definition of CDM 5.4 says, ids widened."""

import csv
import os
import pathlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "src" / "pluginlake" / "schemas" / "data"
# Columns that we let be NULL though the definition does not, with the reason.
NULLABLE_HERE = {("concept", "concept_name"): "CPT4 comes without names until its own tool ran"}


def official_fields() -> list[dict[str, str]]:
    """Returns the rows of the definition, if it lies beside the repository."""
    shared = pathlib.Path(os.environ.get("PLUGINLAKE_SHARED") or ROOT.parent / "shared")
    path = shared / "data" / "omop" / "cdm54" / "OMOP_CDMv5.4_Field_Level.csv"
    if not path.exists():
        pytest.skip("no ../shared")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def our_fields() -> dict[tuple[str, str], tuple[str, bool]]:
    """Returns type and required of each column of the field tables, by table and column."""
    ours = {}
    for name in ("omop.csv", "vocab.csv"):
        for line in (DATA / name).read_text(encoding="utf-8").splitlines()[1:]:
            table, column, kind, required, _ = line.split(",", 4)
            ours[table, column] = (kind, required == "yes")
    return ours


def type_here(column: str, official: str) -> str:
    """Returns DuckDB's type for a column: every id is BIGINT."""
    if official == "integer":
        return "BIGINT" if column.removesuffix("_1").removesuffix("_2").endswith("_id") else "INTEGER"
    fixed = {"float": "DOUBLE", "date": "DATE", "datetime": "TIMESTAMP"}
    return fixed.get(official, "VARCHAR")


def test_every_official_field_is_there_with_its_type() -> None:
    ours = our_fields()
    for row in official_fields():
        key = (row["cdmTableName"].lower(), row["cdmFieldName"].strip('"').lower())
        assert key in ours, key
        kind, required = ours[key]
        assert kind == type_here(key[1], row["cdmDatatype"].lower()), key
        assert required == (row["isRequired"] == "Yes" and key not in NULLABLE_HERE), key


def test_columns_stand_in_the_official_order() -> None:
    official: dict[str, list[str]] = {}
    for row in official_fields():
        official.setdefault(row["cdmTableName"].lower(), []).append(row["cdmFieldName"].strip('"').lower())
    ours: dict[str, list[str]] = {}
    for table, column in our_fields():
        ours.setdefault(table, []).append(column)
    for table, columns in official.items():
        assert ours[table] == columns, table
