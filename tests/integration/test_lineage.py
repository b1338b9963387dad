"""Lineage ends at resource version, file and line; events validate against OpenLineage's own schemas."""

import copy
import json
import pathlib
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
import referencing
from small_world import write_vocabulary
from station import Station

RESOURCES = [
    {"resourceType": "Patient", "id": "p1", "birthDate": "1970-03-04", "gender": "female"},
    {
        "resourceType": "Observation",
        "id": "o1",
        "status": "final",
        "subject": {"reference": "Patient/p1"},
        "effectiveDateTime": "2020-01-01",
        "code": {"coding": [{"system": "http://loinc.org", "code": "M1"}]},
        "valueQuantity": {"value": 5, "code": "mg"},
    },
]


@pytest.fixture
def filled(station: Station, tmp_path: pathlib.Path) -> Station:
    """A station with one patient and one measurement in OMOP."""
    station.run("vocab", "load", write_vocabulary(tmp_path / "vocab"), "--partial").must_exit(0)
    path = tmp_path / "in.ndjson"
    path.write_text("".join(json.dumps(resource) + "\n" for resource in RESOURCES))
    station.ingest("in.ndjson")
    station.run("run").must_exit(0)
    return station


def test_a_row_leads_to_version_file_and_line(filled: Station) -> None:
    """Down to the resource version, also after a later version came in."""
    row_id = filled.rows("SELECT measurement_id FROM omop.measurement")[0][0]
    answer = filled.run("lineage", "omop/measurement", "--row", row_id, "--json").must_exit(0).json
    (origin,) = answer["origins"]
    assert (origin["resource_type"], origin["resource_id"], origin["resource_version"]) == ("Observation", "o1", 1)
    assert (origin["source"], origin["source_line"]) == ("in.ndjson", 2)
    filled.run("lineage", "omop/measurement", "--row", 7).must_exit(3)
    filled.run("lineage", "fhir/patient", "--row", 7).must_exit(2)


def test_a_column_leads_to_columns_and_elements(filled: Station) -> None:
    """Upward to FHIR elements and vocabulary columns, downward to OMOP."""
    answer = filled.run("lineage", "omop/measurement.measurement_concept_id", "--up", "--json").must_exit(0).json
    ends = {(end["asset"], end["column"]) for end in answer["ends"]}
    assert ("raw/fhir_resource", "Observation.code.coding") in ends
    assert ("vocab/code_target", "target_concept_id") in ends
    answer = filled.run("lineage", "fhir/observation.value_quantity_value", "--down", "--json").must_exit(0).json
    assert ("omop/measurement", "value_as_number") in {(edge["asset"], edge["column"]) for edge in answer["edges"]}
    answer = filled.run("lineage", "omop/person.ethnicity_source_concept_id", "--json").must_exit(0).json
    assert answer["constant"] is True
    text = filled.run("lineage", "omop/person.year_of_birht").must_exit(3).stderr
    assert "year_of_birth" in text


@pytest.fixture(scope="module")
def registry(shared: pathlib.Path) -> Any:
    """OpenLineage's schemas, by the URLs they have."""
    documents = [json.loads(path.read_text()) for path in (shared / "data" / "openlineage").glob("*.json")]
    return referencing.Registry().with_resources(
        [(document["$id"], referencing.Resource.from_contents(document)) for document in documents]
    )


def facets_of(event: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns every facet of an event."""
    holders = [event["run"].get("facets", {}), event["job"].get("facets", {})]
    for dataset in [*event["inputs"], *event["outputs"]]:
        holders += [dataset.get(name, {}) for name in ("facets", "inputFacets", "outputFacets")]
    return [facet for holder in holders for facet in holder.values()]


def validate(event: dict[str, Any], registry: Any) -> None:
    """Raises unless the event and each of its facets follow the schemas they name."""
    draft = jsonschema.Draft202012Validator
    checker = draft.FORMAT_CHECKER
    draft({"$ref": event["schemaURL"]}, registry=registry, format_checker=checker).validate(event)
    for facet in facets_of(event):
        draft({"$ref": facet["_schemaURL"]}, registry=registry, format_checker=checker).validate(facet)


def test_events_follow_openlineage(filled: Station, registry: Any) -> None:
    """Events of every built asset validate, and events made wrong on purpose do not."""
    keys = [row[0] for row in filled.rows("SELECT DISTINCT asset FROM lineage.asset_version ORDER BY 1")]
    assert "omop/measurement" in keys
    for key in ("omop/measurement", "fhir/observation", "lineage/row_source", "quality/account"):
        lines = filled.run("lineage", key, "--format", "openlineage").must_exit(0).stdout.splitlines()
        events = [json.loads(line) for line in lines]
        assert [event["eventType"] for event in events] == ["START", "COMPLETE"]
        for event in events:
            validate(event, registry)
    fields = events[1]["outputs"][0]["facets"]["columnLineage"]["fields"]
    assert fields["resource_type"]["inputFields"][0]["name"] == "fhir.resource"
    wrongs: list[Callable[[dict[str, Any]], Any]] = [
        lambda e: e.pop("job"),
        lambda e: e.update(eventTime="yesterday"),
        lambda e: e["run"].update(runId="not-a-uuid"),
        lambda e: e["outputs"][0]["facets"]["version"].pop("datasetVersion"),
        lambda e: e["outputs"][0]["facets"]["columnLineage"].pop("fields"),
        lambda e: e["outputs"][0]["outputFacets"]["outputStatistics"].update(rowCount="many"),
    ]
    for change in wrongs:
        wrong = copy.deepcopy(events[1])
        change(wrong)
        with pytest.raises(jsonschema.ValidationError):
            validate(wrong, registry)
