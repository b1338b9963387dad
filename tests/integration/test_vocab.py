"""Releases of vocabularies: folder and zip alike, local ones beside Athena's, the plug pulled in between."""

import pathlib
import shutil
import signal
import zipfile
from typing import Any

import pytest
from station import Station

FAULTS = ("vocab.after_staging", "vocab.before_commit", "vocab.in_commit", "catalog.before_commit")
HEAD = (
    "concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\tstandard_concept\tconcept_code\t"
    "valid_start_date\tvalid_end_date\tinvalid_reason"
)


def concept(concept_id: int, code: str, vocabulary: str = "SNOMED", standard: str = "S") -> str:
    """Returns a line of CONCEPT.csv."""
    return f"{concept_id}\tName {code}\tCondition\t{vocabulary}\tFinding\t{standard}\t{code}\t19700101\t20991231\t"


def write_bundle(folder: pathlib.Path, *concepts: str) -> pathlib.Path:
    """Writes a bundle of CONCEPT.csv alone."""
    folder.mkdir()
    (folder / "CONCEPT.csv").write_text("\n".join([HEAD, *concepts]) + "\n")
    return folder


def load(station: Station, path: pathlib.Path, *flags: str) -> dict[str, Any]:
    """Loads a bundle and returns the answer; fails unless the exit code is 0."""
    answer: dict[str, Any] = station.run("vocab", "load", path, "--json", *flags).must_exit(0).json
    return answer


def concept_ids(station: Station) -> list[int]:
    """Returns the ids that stand."""
    return [row[0] for row in station.rows("SELECT concept_id FROM vocab.concept ORDER BY 1")]


@pytest.mark.parametrize("fault", FAULTS)
def test_killed_during_a_load(station: Station, tmp_path: pathlib.Path, fault: str) -> None:
    """The former release stands whole, and the next load completes."""
    load(station, write_bundle(tmp_path / "old", concept(1, "a"), concept(2, "b")), "--partial")
    new = write_bundle(tmp_path / "new", concept(2, "b"), concept(3, "c"))

    killed = station.run("vocab", "load", "--partial", new, environment={"PLUGINLAKE_FAULT": fault})
    assert killed.exit_code == -signal.SIGKILL, killed.explain(f"{fault} was not reached")
    assert concept_ids(station) == [1, 2]

    load(station, new, "--partial")
    assert concept_ids(station) == [2, 3]
    station.run("catalog", "fsck", "--deep").must_exit(0)
    assert list((station.folder / "tmp").iterdir()) == [], "what a killed load left is gone"


def test_a_zip_file_loads_as_its_folder_does(station: Station, tmp_path: pathlib.Path) -> None:
    """Stored or deflated, in a folder within the archive, file names in any case."""
    bundle = write_bundle(tmp_path / "bundle", *(concept(n, str(n)) for n in range(1, 2000)))
    archive = tmp_path / "bundle.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        out.write(bundle / "CONCEPT.csv", "vocabulary_download/concept.CSV")
    from_folder = load(station, bundle, "--partial")
    from_zip = load(station, archive, "--partial")
    assert from_zip["tables"] == from_folder["tables"]
    assert from_zip["tables"]["concept"] == 1999
    hashes = station.rows("SELECT DISTINCT content_hash FROM lineage.input WHERE asset = 'vocab/concept'")
    assert len(hashes) == 1, "the unpacked bytes are what is hashed"


def test_a_cut_zip_file_is_refused(station: Station, tmp_path: pathlib.Path) -> None:
    """Without its directory nothing in it can be trusted."""
    bundle = write_bundle(tmp_path / "bundle", concept(1, "a"))
    archive = pathlib.Path(shutil.make_archive(str(tmp_path / "bundle"), "zip", bundle))
    archive.write_bytes(archive.read_bytes()[:-30])
    assert "PL-0811" in station.run("vocab", "load", "--partial", archive).must_exit(2).stderr


def test_local_vocabularies_and_athena_leave_each_other_alone(station: Station, tmp_path: pathlib.Path) -> None:
    """Each load replaces its own concepts only, and local ids keep their owner."""
    load(station, write_bundle(tmp_path / "athena1", concept(1, "a")), "--partial")
    own = concept(2_000_000_000, "x", "OWN")
    load(station, write_bundle(tmp_path / "own1", own, concept(2_000_000_001, "y", "OWN")), "--partial")
    assert concept_ids(station) == [1, 2_000_000_000, 2_000_000_001]
    load(station, write_bundle(tmp_path / "athena2", concept(2, "b")), "--partial")
    assert concept_ids(station) == [2, 2_000_000_000, 2_000_000_001]
    load(station, write_bundle(tmp_path / "own2", own), "--partial")
    assert concept_ids(station) == [2, 2_000_000_000]
    other = write_bundle(tmp_path / "other", concept(2_000_000_500, "z", "OTHER"))
    assert "PL-1010" in station.run("vocab", "load", "--partial", other).must_exit(6).stderr
    assert concept_ids(station) == [2, 2_000_000_000]


def test_the_former_release_is_readable_by_snapshot(station: Station, tmp_path: pathlib.Path) -> None:
    """A number of last month can be computed again."""
    first = load(station, write_bundle(tmp_path / "first", concept(1, "a")), "--partial")
    load(station, write_bundle(tmp_path / "second", concept(2, "b")), "--partial")
    sql = "SELECT concept_id FROM omop.concept"
    assert station.rows(sql) == [[2]]
    assert station.rows(sql, "--at", first["snapshot_id"]) == [[1]]


def test_the_shared_vocabulary(station: Station, shared: pathlib.Path) -> None:
    """The test vocabulary loads; codes mean what the files say, units in practice's spellings too."""
    answer = load(station, shared / "data" / "omop" / "vocab", "--partial")
    assert answer["release"] == "v5.0 29-FEB-24"
    assert answer["tables"]["concept"] == 4219
    assert answer["tables"]["concept_relationship"] == 9089
    assert answer["tables"]["concept_ancestor"] == 4422
    for code, concept_id in (("U/L", 8645), ("kU/L", 8810), ("K/uL", 8848), ("10*3/uL", 8848), ("[U]/L", 8645)):
        meaning = station.run(
            "vocab", "lookup", "--system", "http://unitsofmeasure.org", "--code", code, "--json"
        ).must_exit(0)
        assert [target["concept_id"] for target in meaning.json["targets"]] == [concept_id], code
    unsound = station.rows(
        "SELECT count(*) FROM vocab.code_target t LEFT JOIN vocab.concept c ON t.target_concept_id = c.concept_id "
        "WHERE t.target_concept_id IS NOT NULL AND (c.standard_concept IS DISTINCT FROM 'S' OR c.invalid_reason IS NOT NULL)"
    )
    assert unsound == [[0]]
    doubled = station.rows(
        "SELECT count(*) FROM (SELECT 1 FROM vocab.code_target GROUP BY vocabulary_id, concept_code "
        "HAVING count(DISTINCT source_concept_id) > 1)"
    )
    assert doubled == [[0]]
