"""Local maps: three formats, which of several counts, what is refused, and what a new release does to them."""

import json
import pathlib
import shutil
from typing import Any

from broken_bundle import GOOD
from station import Station

HEAD = (
    "source_code,source_concept_id,source_vocabulary_id,source_code_description,target_concept_id,target_vocabulary_id,"
    "valid_start_date,valid_end_date,invalid_reason\n"
)
SSSOM = """#curie_map:
#  LAB: https://hospital.example/lab/
#  SNOMED: http://snomed.info/sct
#mapping_set_id: https://hospital.example/sets/lab
#mapping_set_version: "2025-01"
#license: CC0-1.0
subject_id\tsubject_label\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification\tconfidence
LAB:K1\tKuch\tskos:exactMatch\t\tSNOMED:9001001\tsemapv:ManualMappingCuration\t0.9
LAB:K5\tKuch\tskos:exactMatch\tNot\tSNOMED:9001001\tsemapv:ManualMappingCuration\t0.9
LAB:K6\tKuch\tskos:broadMatch\t\tOMOP:102\tsemapv:ManualMappingCuration\t0.5
"""
USAGI = """sourceCode,sourceName,sourceFrequency,matchScore,mappingStatus,equivalence,statusSetBy,conceptId,mappingType
K1,Hoest,5,0.8,APPROVED,EQUIVALENT,jan,103,MAPS_TO
K2,"Hoest, hevig",5,0.8,UNCHECKED,UNREVIEWED,jan,101,MAPS_TO
K3,Niets,5,0,APPROVED,UNMATCHED,jan,0,MAPS_TO
"""


def line(code: str, vocabulary: str, target: int, reason: str = "") -> str:
    """Returns a line of source_to_concept_map."""
    return f'{code},0,{vocabulary},"Name, of {code}",{target},None,1970-01-01,2099-12-31,{reason}\n'


def load(station: Station, path: pathlib.Path, *flags: object) -> dict[str, Any]:
    """Loads a map and returns the answer for its set; fails unless the exit code is 0."""
    answer = station.run("vocab", "map", "load", path, "--json", *flags).must_exit(0).json
    result: dict[str, Any] = answer["sets"][0]
    return result


def write(path: pathlib.Path, text: str) -> pathlib.Path:
    """Writes a file and returns its path."""
    path.write_text(text)
    return path


def meaning(station: Station, vocabulary: str, code: str) -> list[tuple[int, str | None]]:
    """Returns the targets of a code, each with the set that says so."""
    answer = station.run("vocab", "lookup", "--system", vocabulary, "--code", code, "--json").must_exit(0).json
    return [(target["concept_id"], target["mapping_set_id"]) for target in answer["targets"]]


def test_source_to_concept_map(station: Station, tmp_path: pathlib.Path) -> None:
    """Sound lines count, deleted ones do not, and the set may be replaced."""
    station.run("vocab", "load", GOOD).must_exit(0)
    path = write(
        tmp_path / "lab.csv", HEAD + line("K1", "LAB", 201) + line("Z01.4", "ICD10", 103) + line("K9", "LAB", 101, "D")
    )
    answer = load(station, path, "--system", "urn:lab", "--vocabulary", "LAB")
    assert (answer["mapping_set_id"], answer["format"], answer["maps"], answer["effective"]) == (
        "lab",
        "source_to_concept_map",
        2,
        2,
    )
    assert meaning(station, "urn:lab", "K1") == [(201, "lab")]
    assert meaning(station, "ICD10", "z014") == [(103, "lab")]
    assert station.rows("SELECT source_code FROM omop.source_to_concept_map ORDER BY 1") == [["K1"], ["Z01.4"]]
    named = "SELECT c.concept_id >= 2000000000 FROM vocab.vocabulary v JOIN vocab.concept c ON c.concept_id = v.vocabulary_concept_id"
    assert station.rows(f"{named} WHERE v.vocabulary_id = 'LAB'") == [[True]]

    write(path, HEAD + line("K2", "LAB", 201))
    load(station, path)
    station.run("vocab", "lookup", "--system", "LAB", "--code", "K1").must_exit(3)
    assert meaning(station, "LAB", "K2") == [(201, "lab")]
    assert meaning(station, "ICD10", "Z01.4") == [], "the vocabularies' own word counts again"
    assert station.rows("SELECT count(*) FROM vocab.code_target WHERE vocabulary_id = 'ICD10'") == [[4]]
    station.run("catalog", "fsck", "--deep").must_exit(0)


def test_sssom_and_usagi(station: Station, tmp_path: pathlib.Path) -> None:
    """Version and licence of a set are kept; what is not approved, or negated, is told and left out."""
    station.run("vocab", "load", GOOD).must_exit(0)
    answer = load(station, write(tmp_path / "a.sssom.tsv", SSSOM), "--vocabulary", "LAB")
    assert (answer["mapping_set_id"], answer["version"], answer["maps"]) == (
        "https://hospital.example/sets/lab",
        "2025-01",
        2,
    )
    assert [problem["code"] for problem in answer["problems"]] == ["not_approved"]
    assert meaning(station, "LAB", "K1") == [(101, "https://hospital.example/sets/lab")]
    assert meaning(station, "LAB", "K6") == [(102, "https://hospital.example/sets/lab")]
    assert station.rows("SELECT version, licence, format FROM vocab.mapping_set") == [["2025-01", "CC0-1.0", "sssom"]]
    assert station.rows("SELECT predicate, confidence FROM vocab.local_map ORDER BY 1") == [
        ["broadMatch", 0.5],
        ["exactMatch", 0.9],
    ]

    answer = load(station, write(tmp_path / "usagi.csv", USAGI), "--vocabulary", "LAB")
    assert (answer["format"], answer["maps"]) == ("usagi", 2)
    assert [problem["code"] for problem in answer["problems"]] == ["not_approved", "map_conflict"]
    assert meaning(station, "LAB", "K1") == [(103, "usagi")], "of equal precedence the later set counts"
    assert meaning(station, "LAB", "K3") == [], "judged to mean nothing"


def test_precedence_decides_between_sets(station: Station, tmp_path: pathlib.Path) -> None:
    """The higher set counts whenever it was loaded, and the lower one again when the higher no longer speaks."""
    station.run("vocab", "load", GOOD).must_exit(0)
    high = write(tmp_path / "high.csv", HEAD + line("K1", "LAB", 101))
    low = write(tmp_path / "low.csv", HEAD + line("K1", "LAB", 102) + line("K2", "LAB", 102))
    load(station, high, "--precedence", 10)
    answer = load(station, low)
    [conflict] = answer["problems"]
    assert (conflict["code"], conflict["severity"], conflict["examples"]) == (
        "map_conflict",
        "warning",
        ["LAB K1: high counts"],
    )
    assert (answer["codes"], answer["effective"]) == (2, 1)
    assert meaning(station, "LAB", "K1") == [(101, "high")]
    write(high, HEAD + line("K7", "LAB", 101))
    load(station, high, "--precedence", 10)
    assert meaning(station, "LAB", "K1") == [(102, "low")]


def test_what_may_not_be_mapped_to_is_refused(station: Station, tmp_path: pathlib.Path) -> None:
    """Each kind of fault is told with its lines; --partial takes the sound ones."""
    station.run("vocab", "load", GOOD).must_exit(0)
    lines = [
        line("K1", "LAB", 201),
        line("K2", "LAB", 503),
        line("K3", "LAB", 999_999),
        line("", "LAB", 101),
        line("K5", "", 101),
    ]
    path = write(tmp_path / "faulty.csv", HEAD + "".join(lines))
    answer = station.run("vocab", "map", "load", path, "--json").must_exit(5).json["sets"][0]
    assert {problem["code"]: problem["examples"] for problem in answer["problems"]} == {
        "missing_value": ["line 5"],
        "unknown_system": ["line 6"],
        "unknown_target": ["line 4"],
        "unsound_target": ["line 3"],
    }
    assert station.rows("SELECT count(*) FROM vocab.local_map") == [[0]]
    assert load(station, path, "--partial")["maps"] == 1
    other = write(tmp_path / "other.csv", "a,b\n1,2\n")
    assert "PL-1060" in station.run("vocab", "map", "load", other).must_exit(2).stderr


def test_maps_outlive_a_release_and_tell_what_they_lost(station: Station, tmp_path: pathlib.Path) -> None:
    """A new release keeps them; a line whose target is gone no longer counts, and is told."""
    station.run("vocab", "load", GOOD).must_exit(0)
    load(station, write(tmp_path / "lab.csv", HEAD + line("K1", "LAB", 201) + line("K2", "LAB", 103)))
    release = tmp_path / "release"
    shutil.copytree(GOOD, release)
    for name, old, new in (
        ("CONCEPT.csv", "Kriebelhoest\tCondition\tSNOMED\tDisorder\tS", "Kriebelhoest\tCondition\tSNOMED\tDisorder\t"),
        ("CONCEPT_RELATIONSHIP.csv", "103\t103\tMaps to\t", "103\t101\tMaps to\t"),
    ):
        text = (release / name).read_text()
        assert old in text
        (release / name).write_text(text.replace(old, new))
    answer = station.run("vocab", "load", release, "--json").must_exit(0).json
    assert [(problem["code"], problem["count"]) for problem in answer["problems"]] == [("local_map_lost", 1)]
    assert meaning(station, "LAB", "K1") == [(201, "lab")]
    station.run("vocab", "lookup", "--system", "LAB", "--code", "K2").must_exit(3)
    assert station.rows("SELECT vocabulary_id FROM vocab.vocabulary WHERE vocabulary_id = 'LAB'") == [["LAB"]]


def test_a_licence_must_be_held(station: Station, tmp_path: pathlib.Path) -> None:
    """A release with a vocabulary that needs a contract is refused until the station says that it has one."""
    release = tmp_path / "release"
    shutil.copytree(GOOD, release)
    concepts = release / "CONCEPT.csv"
    concepts.write_text(concepts.read_text() + "801\tMade up\tProcedure\tCPT4\tCPT4\t\t00000\t19700101\t20991231\t\n")
    for name, row in (
        ("VOCABULARY.csv", "CPT4\tCPT4\t\t2025\t1"),
        ("CONCEPT_CLASS.csv", "CPT4\tCPT4\t3"),
        ("DOMAIN.csv", "Procedure\tProcedure\t2"),
    ):
        with (release / name).open("a") as out:
            out.write(row + "\n")
    answer = station.run("vocab", "load", release, "--json").must_exit(5).json
    assert [problem["code"] for problem in answer["problems"]] == ["licence_missing"]
    assert "CPT4" in answer["problems"][0]["examples"][0]
    station.run("vocab", "load", release, "--set", "vocab.licences=MedDRA, CPT4").must_exit(0)


def test_diff_tells_what_changed(station: Station, tmp_path: pathlib.Path) -> None:
    """By vocabulary, and concept by concept; a release by its name or by a snapshot."""
    first = station.run("vocab", "load", GOOD, "--json").must_exit(0).json["snapshot_id"]
    release = tmp_path / "release"
    shutil.copytree(GOOD, release)
    changes = {
        "CONCEPT.csv": [
            ("Kriebelhoest", "Prikkelhoest"),
            ("Glibber in bloed\tMeasurement", "Glibber in bloed\tObservation"),
        ],
        "CONCEPT_RELATIONSHIP.csv": [("501\t102\tMaps to\t", "501\t101\tMaps to\t")],
        "VOCABULARY.csv": [("v5.0 28-FEB-25", "v5.0 30-AUG-25")],
    }
    for name, pairs in changes.items():
        text = (release / name).read_text()
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        (release / name).write_text(text)
    with (release / "CONCEPT.csv").open("a") as out:
        out.write("109\tNieuw\tCondition\tSNOMED\tDisorder\t\t9001009\t19700101\t20991231\t\n")
    station.run("vocab", "load", release).must_exit(0)

    diff = station.run("vocab", "diff", "v5.0 28-FEB-25", "v5.0 30-AUG-25", "--json").must_exit(0).json
    assert diff["former"] == {"snapshot_id": first, "release": "v5.0 28-FEB-25"}
    counts = {
        entry.pop("vocabulary_id"): {k: v for k, v in entry.items() if isinstance(v, int) and v}
        for entry in diff["vocabularies"]
    }
    assert counts == {
        "SNOMED": {"added": 1, "renamed": 1},
        "LOINC": {"moved": 1},
        "ICD10": {"remapped": 1},
    }
    assert [(c["kind"], c["concept_id"], c["former"], c["later"]) for c in diff["changes"]] == [
        ("remapped", 501, "102", "101"),
        ("moved", 201, "Measurement", "Observation"),
        ("renamed", 103, "Kriebelhoest", "Prikkelhoest"),
        ("added", 109, None, "Nieuw"),
    ]
    same = station.run("vocab", "diff", first, first, "--json").must_exit(0).json
    assert (same["vocabularies"], same["changes"]) == ([], [])
    assert "PL-1070" in station.run("vocab", "diff", "v1", first).must_exit(3).stderr


def test_a_mapped_row_names_its_set(station: Station, tmp_path: pathlib.Path) -> None:
    """With the set's own version; only the patient whose code is mapped is converted anew."""
    station.run("vocab", "load", GOOD).must_exit(0)
    resources: list[dict[str, Any]] = []
    for patient, system, code in (("a", "LAB", "K1"), ("b", "LAB", "K9"), ("c", "http://snomed.info/sct", "9001001")):
        resources.append({"resourceType": "Patient", "id": patient, "gender": "male", "birthDate": "1980-01-01"})
        resources.append(
            {"resourceType": "Condition", "id": f"{patient}1", "subject": {"reference": f"Patient/{patient}"}}
            | {"onsetDateTime": "2020-01-01", "code": {"coding": [{"system": system, "code": code}]}}
        )
    station.ingest(write(tmp_path / "in.ndjson", "".join(json.dumps(resource) + "\n" for resource in resources)))
    station.run("run").must_exit(0)
    load(station, write(tmp_path / "a.sssom.tsv", SSSOM), "--vocabulary", "LAB", "--system", "LAB")
    computed = {a["key"]: a["keys"] for a in station.run("run", "--json").must_exit(0).json["assets"]}
    assert computed["omop/condition_occurrence"] == 1

    rows = "SELECT condition_occurrence_id, condition_source_value FROM omop.condition_occurrence ORDER BY ALL"
    told = {}
    for row_id, code in station.rows(rows):
        [origin] = station.run("lineage", "omop/condition_occurrence", "--row", row_id, "--json").json["origins"]
        told[code] = (origin["mapping_set_id"], origin["mapping_set_version"])
    assert told == {
        "K1": ("https://hospital.example/sets/lab", "2025-01"),
        "K9": (None, None),
        "9001001": (None, None),
    }


def test_the_work_list_comes_back_as_a_map(station: Station, tmp_path: pathlib.Path) -> None:
    """Codes by occurrence, with what they may mean by name and synonym; filled in, it maps them, and only they change."""
    station.run("vocab", "load", GOOD).must_exit(0)
    resources: list[dict[str, Any]] = []
    for patient, system, code, display in (
        ("a", "urn:lab", "L1", "hevige kuchziekte"),
        ("b", "urn:lab", "L1", "hevige kuchziekte"),
        ("c", "urn:lab", "L2", "kuchziekte van vroeger"),
        ("d", "urn:other", "O1", "Geheel onbekend"),
        ("e", "http://snomed.info/sct", "9001001", "Kuchziekte"),
    ):
        resources.append({"resourceType": "Patient", "id": patient, "gender": "male", "birthDate": "1980-01-01"})
        resources.append(
            {"resourceType": "Condition", "id": f"{patient}1", "subject": {"reference": f"Patient/{patient}"}}
            | {
                "onsetDateTime": "2020-01-01",
                "code": {"coding": [{"system": system, "code": code, "display": display}]},
            }
        )
    station.ingest(write(tmp_path / "in.ndjson", "".join(json.dumps(resource) + "\n" for resource in resources)))
    station.run("run").must_exit(0)

    items = station.run("vocab", "unmapped", "--json").must_exit(0).json["items"]
    assert [(item["code"], item["occurrences"], item["persons"]) for item in items] == [
        ("L1", 2, 2),
        ("L2", 1, 1),
        ("O1", 1, 1),
    ]
    proposed = [[candidate["concept_id"] for candidate in item["candidates"]] for item in items]
    assert proposed[0][0] == 102, "all words, in the name"
    assert 101 in proposed[1], "one of the words"
    assert proposed[2] == []

    listed = station.run("vocab", "unmapped", "--format", "csv").must_exit(0).stdout
    head, *lines = listed.splitlines()
    place = head.split(",").index("target_concept_id")
    for number, line_of_code in enumerate(lines):
        fields = line_of_code.split(",")
        fields[place] = "102" if fields[1] == "L1" else ""
        lines[number] = ",".join(fields)
    work_list = write(tmp_path / "lab.csv", "\n".join([head, *lines]) + "\n")
    refused = station.run("vocab", "map", "load", work_list, "--json").must_exit(5).json["sets"][0]
    assert "unknown_system" in [problem["code"] for problem in refused["problems"]]
    answer = load(station, work_list, "--vocabulary", "LAB", "--system", "urn:lab")
    assert (answer["format"], answer["lines"], answer["maps"]) == ("work_list", 3, 1)
    assert [(problem["code"], problem["count"]) for problem in answer["problems"]] == [("not_approved", 2)]
    computed = {a["key"]: a["keys"] for a in station.run("run", "--json").must_exit(0).json["assets"]}
    assert computed["omop/condition_occurrence"] == 2
    mapped = "SELECT condition_source_value, condition_concept_id FROM omop.condition_occurrence ORDER BY ALL"
    assert station.rows(mapped) == [["9001001", 101], ["L1", 102], ["L1", 102], ["L2", 0], ["O1", 0]]
    assert load(station, work_list)["maps"] == 1, "the system is known now"
