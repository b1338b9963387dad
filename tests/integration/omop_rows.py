"""Reads the OMOP tables of a station for comparisons: as facts beside the oracle's, or whole with ids made natural."""

import collections
import csv
import dataclasses
import pathlib

from station import Station


@dataclasses.dataclass(frozen=True)
class EventTable:
    """The columns of an event table that the oracle states something about."""

    name: str
    stem: str  # what the columns' names begin with: condition_concept_id
    day: str

    @property
    def query(self) -> str:
        """Selects (table, resource, patient, concept, source concept, source value, day, type, visit)."""
        return f"""
SELECT '{self.name}', s.resource_type || '/' || s.resource_id, p.resource_id, t.{self.stem}_concept_id,
       t.{self.stem}_source_concept_id, t.{self.stem}_source_value, t.{self.day}, t.{self.stem}_type_concept_id,
       v.resource_type || '/' || v.resource_id
FROM omop.{self.name} AS t
LEFT JOIN lineage.row_source AS s
    ON s.omop_table = '{self.name}' AND s.row_id = t.{self.name}_id AND s.retired_run_id IS NULL
LEFT JOIN lineage.row_source AS p ON p.omop_table = 'person' AND p.row_id = t.person_id
LEFT JOIN lineage.row_source AS v ON v.omop_table = 'visit_occurrence' AND v.row_id = t.visit_occurrence_id
"""


EVENT_TABLES = [
    EventTable("visit_occurrence", "visit", "visit_start_date"),
    EventTable("visit_detail", "visit_detail", "visit_detail_start_date"),
    EventTable("condition_occurrence", "condition", "condition_start_date"),
    EventTable("drug_exposure", "drug", "drug_exposure_start_date"),
    EventTable("procedure_occurrence", "procedure", "procedure_date"),
    EventTable("device_exposure", "device", "device_exposure_start_date"),
    EventTable("measurement", "measurement", "measurement_date"),
    EventTable("observation", "observation", "observation_date"),
]
TABLES = [
    *("person", "death", "observation_period", "location", "care_site", "provider", "cdm_source"),
    *(table.name for table in EVENT_TABLES),
]
# What each run or station names anew.
VOLATILE = {
    "cdm_source": {
        "cdm_source_name",
        "cdm_source_abbreviation",
        "cdm_holder",
        "source_release_date",
        "cdm_release_date",
    }
}
# Columns of ids that are not named after the table they lead to.
TABLE_OF_COLUMN = {
    "preceding_visit_occurrence_id": "visit_occurrence",
    "preceding_visit_detail_id": "visit_detail",
    "parent_visit_detail_id": "visit_detail",
}
FIELD_CONCEPT_OF = {
    "measurement_event_id": "meas_event_field_concept_id",
    "observation_event_id": "obs_event_field_concept_id",
}
TABLE_OF_FIELD_CONCEPT = {
    "1147127": "condition_occurrence",
    "1147094": "drug_exposure",
    "1147082": "procedure_occurrence",
    "1147115": "device_exposure",
    "1147138": "measurement",
    "1147165": "observation",
}


def written(station: Station, name: str, sql: str) -> pathlib.Path:
    """Writes the rows of a query to a CSV file beside the station and returns it."""
    path = station.folder.parent / f"{name}.csv"
    station.run("query", sql, "--format", "csv", "-o", path).must_exit(0)
    return path


def selected(station: Station, name: str, sql: str) -> list[dict[str, str]]:
    """Returns the rows of a query by column, all values as text, NULL as the empty text."""
    with written(station, name, sql).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def facts(station: Station) -> collections.Counter[tuple[str, ...]]:
    """Returns the rows of all event tables as the oracle says them, as text."""
    sql = " UNION ALL ".join(table.query for table in EVENT_TABLES)
    return collections.Counter(tuple(row.values()) for row in selected(station, "facts", sql))


def table_counts(station: Station) -> dict[str, int]:
    """Returns the number of rows of each OMOP table that is filled."""
    sql = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM omop.{name}" for name in TABLES)
    return {str(name): int(count) for name, count in station.rows(sql)}


class NaturalRows:
    """The rows of OMOP tables with each id replaced by the resource and part that it stands for."""

    def __init__(self, station: Station) -> None:
        self._station = station
        sql = "SELECT * FROM lineage.row_source WHERE retired_run_id IS NULL"
        rows = selected(station, "row_source", sql)
        self._meaning = {(row["omop_table"], row["row_id"]): self._key(row) for row in rows}

    @staticmethod
    def _key(row: dict[str, str]) -> str:
        """Returns what a row is, whoever brought it first: several resources may have one address."""
        is_shared = row["part"].startswith("address ")
        return row["part"] if is_shared else f"{row['resource_type']}/{row['resource_id']} {row['part']}"

    def of_table(self, table: str) -> collections.Counter[tuple[tuple[str, str], ...]]:
        """Returns the rows of the table, as often as each occurs."""
        skipped = VOLATILE.get(table, set())
        rows = selected(self._station, table, f"SELECT * FROM omop.{table}")
        return collections.Counter(
            tuple((column, self._value(row, column)) for column in row if column not in skipped) for row in rows
        )

    def _value(self, row: dict[str, str], column: str) -> str:
        target = TABLE_OF_COLUMN.get(column, column.removesuffix("_id"))
        if column.endswith("_event_id") and row[column]:
            target = TABLE_OF_FIELD_CONCEPT[row[FIELD_CONCEPT_OF[column]]]
        if target not in TABLES or not row[column]:
            return row[column]
        assert (target, row[column]) in self._meaning, f"{column}: an id without entry in row_source"
        return self._meaning[target, row[column]]
