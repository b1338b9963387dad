"""Every built-in view of FHIR: as many rows in the lake as a plain count of the delivered JSON says, and what is in none."""

import collections
import gzip
import json
import pathlib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from station import Program, Station, make_station

Resource = dict[str, Any]

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
VIEWS = REPOSITORY / "src" / "pluginlake" / "assets" / "fhir"
HAND_MADE = REPOSITORY / "tests" / "data" / "fhir_views" / "resources.ndjson"
MASTER_BUNDLES = ("hospitalInformation", "practitionerInformation")
# No view of its type can take it: it has two periods where FHIR has one.
REFUSED = "EpisodeOfCare/two-periods"
# What identifies a patient in the hand-made resources, and the start of the bytes of their documents.
IN_NO_COLUMN = {
    "BSN": "999911120",
    "policy number": "POLIS-4711",
    "insured number": "V-998877",
    "name of an account": "mevrouw Voorbeeld",
    "text of a report": "R2VlbiBtYWxp",
    "text of a document": "PGJyaWVm",
    "picture as an answer": "iVBORw0KGgo",
}


def every(value: Any) -> list[Any]:
    """Returns what an element holds as a list: some senders write one object where a list belongs."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def items(holder: Resource) -> Iterator[Resource]:
    """Yields the items of a questionnaire or a response to one, those in items and in answers too."""
    for item in every(holder.get("item")):
        yield item
        yield from items(item)
        for answer in every(item.get("answer")):
            yield from items(answer)


def one_row(_: Resource) -> int:
    """Counts the resource itself."""
    return 1


def inner(*path: str) -> Callable[[Resource], int]:
    """Returns a function that counts what is at the end of a path."""

    def count(resource: Resource) -> int:
        found = [resource]
        for element in path:
            found = [child for holder in found for child in every(holder.get(element))]
        return len(found)

    return count


def contained_medications(resource: Resource) -> int:
    """Counts the Medications in a resource."""
    return sum(each["resourceType"] == "Medication" for each in every(resource.get("contained")))


# Views with a row a child: how many rows a resource has. All others have a row a resource.
ROWS_OF: dict[str, Callable[[Resource], int]] = {
    "account_coverage": inner("coverage"),
    "allergy_reaction": inner("reaction", "manifestation"),
    "claim_diagnosis": inner("diagnosis"),
    "claim_item": inner("item"),
    "claim_procedure": inner("procedure"),
    "coverage_class": inner("class"),
    "diagnostic_report_presented_form": inner("presentedForm"),
    "diagnostic_report_result": inner("result"),
    "document_reference_content": inner("content"),
    "encounter_location": inner("location"),
    "episode_of_care_diagnosis": inner("diagnosis"),
    "explanation_of_benefit_diagnosis": inner("diagnosis"),
    "explanation_of_benefit_item": inner("item"),
    "explanation_of_benefit_procedure": inner("procedure"),
    "explanation_of_benefit_total": inner("total"),
    "medication_administration_contained": contained_medications,
    "medication_dispense_contained": contained_medications,
    "medication_request_contained": contained_medications,
    "medication_statement_contained": contained_medications,
    "observation_component": inner("component"),
    "questionnaire_answer_option": lambda r: sum(len(every(item.get("answerOption"))) for item in items(r)),
    "questionnaire_item": lambda r: sum(1 for _ in items(r)),
    "questionnaire_response_answer": lambda r: sum(len(every(item.get("answer"))) for item in items(r)),
    "questionnaire_response_item": lambda r: sum(1 for _ in items(r)),
}


def views() -> dict[str, str]:
    """Returns the resource type of each built-in view."""
    return {path.stem: json.loads(path.read_text())["resource"] for path in sorted(VIEWS.glob("*.json"))}


def smallest_patients(shared: pathlib.Path) -> list[pathlib.Path]:
    """Returns the two smallest bundles of a patient."""
    bundles = (shared / "data" / "synthea" / "bundles").glob("*.json.gz")
    patients = [path for path in bundles if not path.name.startswith(MASTER_BUNDLES)]
    return sorted(patients, key=lambda path: path.stat().st_size)[:2]


def delivered(bundles: list[pathlib.Path]) -> list[Resource]:
    """Returns all resources of the bundles and the hand-made ones."""
    resources = [json.loads(line) for line in HAND_MADE.read_text().splitlines()]
    for path in bundles:
        with gzip.open(path) as bundle:
            resources += [entry["resource"] for entry in json.load(bundle)["entry"]]
    return resources


def counted(resources: Iterable[Resource]) -> dict[str, int]:
    """Returns how many rows each view must have."""
    views_of: dict[str, list[str]] = {}
    for view, resource_type in views().items():
        views_of.setdefault(resource_type, []).append(view)
    counts = dict.fromkeys(views(), 0)
    for resource in resources:
        if f"{resource['resourceType']}/{resource['id']}" != REFUSED:
            for view in views_of.get(resource["resourceType"], []):
                counts[view] += ROWS_OF.get(view, one_row)(resource)
    return counts


def rows_in_lake(station: Station) -> dict[str, int]:
    """Returns how many rows each view has."""
    found = station.rows(" UNION ALL ".join(f"SELECT '{view}', count(*) FROM fhir.{view}" for view in views()))
    return {view: int(rows) for view, rows in found}


@pytest.fixture
def filled(station: Station, shared: pathlib.Path) -> Station:
    """A station with two patients and the hand-made resources, and its fhir.* tables."""
    station.ingest(*smallest_patients(shared), HAND_MADE)
    answer = station.run("run", "fhir/*", "--json").must_exit(0).json
    assert answer["status"] == "done"
    return station


def views_with(filled: Station, texts: list[str]) -> list[str]:
    """Returns the views that have one of the texts anywhere in a row."""
    condition = " OR ".join(f"contains(t::VARCHAR, '{text}')" for text in texts)
    parts = [f"SELECT '{view}' FROM fhir.{view} AS t WHERE {condition}" for view in views()]
    return sorted({str(row[0]) for row in filled.rows(" UNION ALL ".join(parts))})


def must_hold_values(filled: Station) -> None:
    """What a count does not show: the patient, keys by type, answers in their items, sums, a contained medication."""
    insurances = filled.rows(
        """
        SELECT resource_id, patient_id, payor_uzovi, payor_organization_id, payor_patient_id
        FROM fhir.coverage
        ORDER BY coverage_order NULLS LAST
        """
    )
    assert insurances == [
        ["basic", "nl-1", "3311", None, None],
        ["additional", "nl-1", None, "uzovi-3311", "nl-1"],
        ["self-pay", "nl-1", None, None, "nl-1"],
    ]
    assert filled.rows(
        """
        SELECT i.text, a.value_coding.display, o.ordinal_value
        FROM fhir.questionnaire_response_answer AS a
        JOIN fhir.questionnaire AS q ON a.questionnaire = concat_ws('|', q.url, q.version)
        JOIN fhir.questionnaire_item AS i ON q.id = i.id AND a.link_id = i.link_id
        JOIN fhir.questionnaire_answer_option AS o
          ON q.id = o.id AND a.link_id = o.link_id AND a.value_coding.code = o.value_coding.code
        """
    ) == [["Weinig plezier", "Bijna elke dag", "3"]]
    assert filled.rows(
        "SELECT encounter_id, episode_of_care_id FROM fhir.document_reference WHERE resource_id = 'letter'"
    ) == [["nl-e1", "ep1"]]
    assert filled.rows(
        """
        SELECT d.quantity_value, d.days_supply_value, c.code[1].code
        FROM fhir.medication_dispense AS d
        JOIN fhir.medication_dispense_contained AS c ON d.id = c.id AND d.medication_reference = '#' || c.contained_id
        """
    ) == [["90", "90", "C10AA05"]]
    assert filled.rows(
        """
        SELECT item.net_value, e.payment_amount_value
        FROM fhir.explanation_of_benefit AS e
        JOIN fhir.explanation_of_benefit_item AS item ON e.id = item.id
        WHERE e.resource_id = 'settled-1' AND item.net_value IS NOT NULL
        """
    ) == [["12345.6", "11960.6"]]


def test_every_view_has_a_row_for_each_it_should(filled: Station, shared: pathlib.Path) -> None:
    """Counted without our engine; no view is empty, so each is seen at work."""
    wanted = counted(delivered(smallest_patients(shared)))
    assert not [view for view, rows in wanted.items() if rows == 0], "these views need a hand-made resource"
    assert set(ROWS_OF) <= set(wanted)

    assert rows_in_lake(filled) == wanted
    refused = filled.rows("SELECT reference FROM fhir.resource WHERE view_error IS NOT NULL")
    assert refused == [[REFUSED]]
    assert views_with(filled, list(IN_NO_COLUMN.values())) == []
    assert "coverage" in views_with(filled, ["3311"])  # so the search does find what is there
    must_hold_values(filled)


ID = re.compile(rb'"id":"[^"]+')
SET_BYTES_MIN = 700_000_000
# The amounts of the largest type are enough as they are.
NOT_DOUBLED = "ExplanationOfBenefit"
RECEIVED = "SELECT resource_type, count(*) FROM raw.fhir_resource GROUP BY ALL"
NEWEST = "SELECT resource_type, count(*) FROM fhir.resource GROUP BY ALL"


def doubled(shared: pathlib.Path, folder: pathlib.Path) -> Iterator[Resource]:
    """Writes the pack as NDJSON, with a second resource of another id for nearly each; yields what was written."""
    for path in sorted((shared / "data" / "synthea" / "ndjson").glob("*.ndjson.gz")):
        with gzip.open(path) as lines, (folder / path.name.removesuffix(".gz")).open("wb") as out:
            for line in lines:
                out.write(line)
                yield json.loads(line)
                if not path.name.startswith(NOT_DOUBLED):
                    second = ID.sub(lambda found: found[0] + b"-2", line, count=1)
                    out.write(second)
                    yield json.loads(second)


@pytest.mark.slow
def test_a_set_of_700_megabytes(pluginlake: Program, shared: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """Each type has as many resources, and each view as many rows, as were counted when the files were written."""
    delivery = tmp_path / "delivery"
    delivery.mkdir()
    of_type: collections.Counter[str] = collections.Counter()

    def noted(resources: Iterable[Resource]) -> Iterator[Resource]:
        for resource in resources:
            of_type[resource["resourceType"]] += 1
            yield resource

    wanted = counted(noted(doubled(shared, delivery)))
    assert sum(path.stat().st_size for path in delivery.iterdir()) > SET_BYTES_MIN

    station = make_station(pluginlake, "sqlite", tmp_path / "station")
    answer = station.ingest(delivery)
    assert answer["received"] == answer["stored"] == of_type.total()
    assert station.run("run", "fhir/*", "--json").must_exit(0).json["status"] == "done"
    assert dict(map(tuple, station.rows(RECEIVED))) == of_type
    assert dict(map(tuple, station.rows(NEWEST))) == of_type
    assert rows_in_lake(station) == wanted
