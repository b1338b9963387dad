"""Deliveries of the DHD thesauri: two formats, numbers that stay, maps that follow, what is refused."""

import pathlib
import shutil
import zipfile
from typing import Any

import pytest
from broken_bundle import GOOD
from station import Station

DATA = pathlib.Path(__file__).resolve().parents[1] / "data" / "dhd"
FORMAT_4_3 = DATA / "4.3"
FORMAT_5_0 = DATA / "5.0"
DIAGNOSES_OID = "urn:oid:2.16.840.1.113883.2.4.3.120.5.1"
NUMBERS = "SELECT concept_code, concept_id FROM vocab.concept WHERE vocabulary_id = 'DHD-DT' ORDER BY 1"


def load_dhd(station: Station, path: pathlib.Path, *flags: object) -> dict[str, Any]:
    """Loads a delivery and returns the answer; fails unless the exit code is 0."""
    answer: dict[str, Any] = station.run("vocab", "load", "--dhd", path, "--json", *flags).must_exit(0).json
    return answer


def zipped(folder: pathlib.Path, archive: pathlib.Path) -> pathlib.Path:
    """Returns a zip file with the folder's files."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted(folder.rglob("*.csv")):
            out.write(path, path.relative_to(folder))
    return archive


def targets(station: Station, code: str) -> list[int]:
    """Returns what a code of the Diagnosethesaurus means."""
    meaning = station.run("vocab", "lookup", "--system", DIAGNOSES_OID, "--code", code, "--json").must_exit(0).json
    return [target["concept_id"] for target in meaning["targets"]]


def test_format_4_3_is_numbered_named_and_mapped(station: Station) -> None:
    """By SNOMED, by what replaced a SNOMED code, by ICD-10, by what replaced the concept itself, or not at all."""
    station.run("vocab", "load", GOOD).must_exit(0)
    answer = load_dhd(station, FORMAT_4_3)
    assert answer["dhd"]["thesauri"][0]["version"] == "3.44"
    assert answer["dhd"]["thesauri"][1] == {
        "thesaurus": "VT",
        "version": "2.43",
        "format": "4.3",
        "delivered_on": "2025-08-15",
        "as_of": "2025-08-15",
    }
    assert answer["dhd"]["coverage"] == [
        {
            "thesaurus": "DT",
            "concepts": 9,
            "active": 7,
            "by_snomed": 3,
            "by_replacement": 2,
            "by_icd10": 1,
            "unmapped": 3,
            "active_unmapped": 2,
            "not_yet_valid": 1,
        },
        {
            "thesaurus": "VT",
            "concepts": 3,
            "active": 3,
            "by_snomed": 2,
            "by_replacement": 0,
            "by_icd10": 0,
            "unmapped": 1,
            "active_unmapped": 1,
            "not_yet_valid": 0,
        },
    ]
    assert station.rows(
        "SELECT dhd_id, mapped_by, targets FROM vocab.dhd_mapping WHERE thesaurus = 'DT' ORDER BY dhd_id"
    ) == [
        ["0000000101", "snomed", 1],
        ["0000000102", "snomed", 1],
        ["0000000103", "snomed", 1],
        ["0000000104", "icd10", 2],
        ["0000000105", None, 0],
        ["0000000106", "dhd_replaced", 1],
        ["0000000107", None, 0],
        ["0000000109", None, 0],
        ["0000000110", "snomed_replaced", 1],
    ]
    assert targets(station, "0000000104") == [101, 106]
    assert targets(station, "0000000110") == [101]
    assert targets(station, "0000000105") == []


def test_what_else_a_delivery_says_is_kept(station: Station) -> None:
    """Names in Dutch, validity, what replaced what, and the derivations to other systems."""
    station.run("vocab", "load", GOOD).must_exit(0)
    load_dhd(station, FORMAT_4_3)
    found = station.run("vocab", "search", "hoestziekte", "--json").json["items"]
    assert [(item["concept_name"], item["vocabulary_id"]) for item in found] == [('kuchziekte, "gewone"', "DHD-DT")]
    assert station.rows(
        "SELECT concept_code, invalid_reason, valid_end_date::VARCHAR FROM vocab.concept "
        "WHERE invalid_reason IS NOT NULL AND vocabulary_id = 'DHD-DT' ORDER BY 1"
    ) == [["0000000106", "U", "2020-01-01"], ["0000000107", "D", "2020-01-01"]]
    related = (
        "SELECT a.concept_code, r.relationship_id, b.concept_code FROM vocab.concept_relationship r "
        "JOIN vocab.concept a ON a.concept_id = r.concept_id_1 JOIN vocab.concept b ON b.concept_id = r.concept_id_2 "
        "WHERE a.vocabulary_id = 'DHD-DT' AND b.vocabulary_id = 'DHD-DT' AND r.relationship_id LIKE '%_to' OR "
        "(r.relationship_id = 'Concept replaced by' AND a.vocabulary_id = 'DHD-DT') ORDER BY ALL"
    )
    assert ["0000000106", "Concept replaced by", "0000000101"] in station.rows(related)
    assert station.rows(
        "SELECT dhd_id, system, code, specialism FROM vocab.dhd_derivation WHERE system <> 'ICD10' ORDER BY ALL"
    ) == [
        ["0000000101", "DBC", "4711", "0313"],
        ["0000000102", "DBC", None, "0313"],
        ["0000000105", "ORPHA", "99999", None],
        ["0000000201", "ZA", "039999", None],
    ]
    mapped = "SELECT count(*) FROM vocab.source_to_concept_map WHERE source_vocabulary_id = 'DHD-DT' AND target_concept_id > 0"
    assert station.rows(mapped) == [[7]]
    station.run("catalog", "fsck", "--deep").must_exit(0)


def test_numbers_stay_over_deliveries_and_formats(station: Station, tmp_path: pathlib.Path) -> None:
    """A concept keeps its number, a new one gets a new number, and none is given twice."""
    station.run("vocab", "load", GOOD).must_exit(0)
    load_dhd(station, FORMAT_4_3)
    first = dict(station.rows(NUMBERS))
    answer = load_dhd(station, zipped(FORMAT_5_0, tmp_path / "thesauri.zip"))
    assert answer["dhd"]["thesauri"][0]["format"] == "5.0"
    second = dict(station.rows(NUMBERS))
    assert {code: second[code] for code in first} == first
    assert second["0000000111"] == max(first.values()) + 1
    ended = "SELECT invalid_reason FROM vocab.concept WHERE concept_code = '0000000109'"
    assert station.rows(ended) == [["D"]]
    assert targets(station, "0000000111") == [103]

    load_dhd(station, FORMAT_4_3)
    assert dict(station.rows(NUMBERS)) == first, "the former delivery brings the former rows back"
    load_dhd(station, FORMAT_5_0)
    assert dict(station.rows(NUMBERS)) == second, "and a number that was out of use comes back with its code"
    assert station.rows("SELECT count(*) = count(DISTINCT concept_id) FROM vocab.local_concept") == [[True]]


def test_validity_is_as_of_a_day(station: Station) -> None:
    """What began later is left out, what ended later is in use."""
    station.run("vocab", "load", GOOD).must_exit(0)
    load_dhd(station, FORMAT_4_3, "--as-of", "2019-06-30")
    assert station.rows(
        "SELECT count(*) FROM vocab.concept WHERE vocabulary_id = 'DHD-DT' AND invalid_reason IS NOT NULL"
    ) == [[0]]
    load_dhd(station, FORMAT_4_3, "--as-of", "2030-06-30")
    assert station.rows("SELECT count(*) FROM vocab.concept WHERE concept_code = '0000000108'") == [[1]]
    assert "PL-1051" in station.run("vocab", "load", "--dhd", FORMAT_4_3, "--as-of", "15-8-2025").must_exit(2).stderr


def test_maps_follow_a_new_athena_release(station: Station, tmp_path: pathlib.Path) -> None:
    """The thesauri need not be delivered again: their maps are derived anew in the release's own commit."""
    station.run("vocab", "load", GOOD).must_exit(0)
    load_dhd(station, FORMAT_4_3)
    before = station.rows(NUMBERS)
    assert targets(station, "0000000102") == [102]
    release = tmp_path / "release"
    shutil.copytree(GOOD, release)
    concepts = release / "CONCEPT.csv"
    concepts.write_text(concepts.read_text().replace("Disorder\tS\t9001002", "Disorder\t\t9001002"))
    maps = release / "CONCEPT_RELATIONSHIP.csv"
    maps.write_text(
        maps.read_text()
        .replace("102\t102\tMaps to\t", "102\t103\tMaps to\t")
        .replace("501\t102\tMaps to\t", "501\t101\tMaps to\t")
    )
    answer = station.run("vocab", "load", release, "--json").must_exit(0).json
    assert answer["dhd_coverage"][0]["by_snomed"] == 3
    assert targets(station, "0000000102") == [103]
    assert station.rows(NUMBERS) == before
    codes = "SELECT count(*), count(DISTINCT (vocabulary_id, concept_code, target_ordinal)) FROM vocab.code_target"
    [[rows, distinct]] = station.rows(codes)
    assert rows == distinct
    station.run("catalog", "fsck", "--deep").must_exit(0)


def test_thesauri_without_athena_are_taken_in(station: Station) -> None:
    """Nothing is mapped yet; the release that comes later maps them."""
    answer = load_dhd(station, FORMAT_4_3)
    assert answer["dhd"]["coverage"][0]["unmapped"] == 9
    answer = station.run("vocab", "load", GOOD, "--json").must_exit(0).json
    assert answer["dhd_coverage"][0]["unmapped"] == 3
    assert targets(station, "0000000101") == [101]


def broken(tmp_path: pathlib.Path, file: str, old: str, new: str) -> pathlib.Path:
    """Returns a copy of the 4.3 delivery in which one file of the Diagnosethesaurus is changed."""
    folder = tmp_path / "broken"
    shutil.copytree(FORMAT_4_3, folder)
    [path] = folder.rglob(f"*Diagnosethesaurus*_{file}.csv")
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return folder


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "named"),
    [
        ("ThesaurusTerm", '"Omschrijving"', '"Tekst"', "missing_column", "omschrijving"),
        ("ThesaurusConcept", '"ConceptID"', '"Nummer"', "missing_column", "conceptid"),
        ("AfleidingICD10", '"ICD10"', '"Code"', "missing_column", "icd10"),
        ("ThesaurusConcept", '"20100101","20100101"', '"20101301","20100101"', "bad_value", "date"),
    ],
)
def test_a_broken_delivery_is_refused(
    station: Station, tmp_path: pathlib.Path, file: str, old: str, new: str, code: str, named: str
) -> None:
    """File and column are named, and nothing is replaced."""
    answer = station.run("vocab", "load", "--dhd", broken(tmp_path, file, old, new), "--json").must_exit(5).json
    [problem] = answer["problems"]
    assert problem["code"] == code
    assert named in problem["message"]
    assert file in problem["examples"][0]
    assert station.rows("SELECT count(*) FROM vocab.concept") == [[0]]


def test_missing_optional_tables_are_accepted(station: Station, tmp_path: pathlib.Path) -> None:
    """Concepts and terms are enough; without terms it is no thesaurus."""
    folder = tmp_path / "few"
    shutil.copytree(FORMAT_4_3, folder)
    for path in folder.rglob("*.csv"):
        if not path.stem.endswith(("ThesaurusConcept", "ThesaurusTerm")):
            path.unlink()
    assert load_dhd(station, folder)["dhd"]["coverage"][0]["concepts"] == 9
    for path in folder.rglob("*ThesaurusTerm.csv"):
        path.unlink()
    answer = station.run("vocab", "load", "--dhd", folder, "--json").must_exit(5).json
    assert {problem["code"] for problem in answer["problems"]} == {"missing_file"}


def test_another_format_or_no_thesaurus_is_told(station: Station, tmp_path: pathlib.Path) -> None:
    """A format we do not know is not guessed at."""
    folder = tmp_path / "future"
    for path in FORMAT_4_3.rglob("*.csv"):
        folder.mkdir(exist_ok=True)
        shutil.copy(path, folder / path.name.replace("uitleverformaat4.3", "uitleverformaat6.0"))
    assert "6.0" in station.run("vocab", "load", "--dhd", folder).must_exit(2).stderr
    assert "PL-1040" in station.run("vocab", "load", "--dhd", GOOD).must_exit(2).stderr
    assert "PL-1050" in station.run("vocab", "load").must_exit(2).stderr
