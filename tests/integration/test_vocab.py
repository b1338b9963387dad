"""Releases of vocabularies: folder and zip alike, local ones beside Athena's, the plug pulled in between."""

import pathlib
import random
import shutil
import signal
import time
import zipfile
from typing import Any

import pytest
from broken_bundle import GOOD
from station import Station

FAULTS = ("vocab.after_file", "vocab.after_staging", "vocab.before_commit", "vocab.in_commit", "catalog.before_commit")
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
    assert not (station.folder / "staging" / "vocab").exists(), "what a killed load left is gone"


def test_an_interrupted_load_goes_on_where_it_stopped(station: Station, tmp_path: pathlib.Path) -> None:
    """Files that were sorted already are taken as they stand, if their bytes are the same."""
    bundle = tmp_path / "bundle"
    shutil.copytree(GOOD, bundle)
    station.run("vocab", "load", bundle, environment={"PLUGINLAKE_FAULT": "vocab.after_staging"})
    staged = station.folder / "staging" / "vocab"
    before = {path.name: path.stat().st_mtime_ns for path in staged.glob("*.parquet")}
    assert len(before) == 9
    (bundle / "DOMAIN.csv").write_text((bundle / "DOMAIN.csv").read_text().replace("Visit\tVisit", "Visit\tContact"))

    station.run("vocab", "load", bundle, environment={"PLUGINLAKE_FAULT": "vocab.before_commit"})
    after = {path.name: path.stat().st_mtime_ns for path in staged.glob("*.parquet") if path.name in before}
    assert {name for name in before if before[name] != after[name]} == {"domain.parquet"}

    load(station, bundle)
    assert station.rows("SELECT domain_name FROM vocab.domain WHERE domain_id = 'Visit'") == [["Contact"]]
    station.run("catalog", "fsck", "--deep").must_exit(0)


def test_ctrl_c_leaves_the_former_release_and_what_was_sorted(station: Station, tmp_path: pathlib.Path) -> None:
    """Exit 130, and the next load completes."""
    load(station, GOOD)
    big = write_bundle(tmp_path / "big", *(concept(n, str(n)) for n in range(1, 400_000)))
    process = station.program.start("vocab", "load", "--partial", big)
    time.sleep(0.4)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode in (0, 130)
    if process.returncode == 130:
        assert station.rows("SELECT count(*) FROM vocab.concept") == [[43]]
    assert load(station, big, "--partial")["tables"]["concept"] == 399_999


def test_a_second_load_at_once_is_refused(station: Station, tmp_path: pathlib.Path) -> None:
    """It names the first, and the first goes on."""
    big = write_bundle(tmp_path / "big", *(concept(n, str(n)) for n in range(1, 800_000)))
    first = station.program.start("vocab", "load", "--partial", big)
    socket = station.folder / "run" / "pluginlake.sock"
    deadline = time.monotonic() + 20
    while not (socket.exists() and (station.folder / "staging" / "vocab").exists()):
        assert first.poll() is None, "the first load was over too soon"
        assert time.monotonic() < deadline, "the first load does not begin"
        time.sleep(0.01)
    second = station.run("vocab", "load", "--partial", GOOD)
    _, stderr = first.communicate(timeout=120)
    assert first.returncode == 0, stderr.decode()
    assert "PL-1013" in second.must_exit(6).stderr
    assert str(big) in second.stderr


@pytest.mark.slow
def test_killed_at_ten_random_moments(station: Station, tmp_path: pathlib.Path) -> None:
    """Whenever the plug is pulled, one release stands whole, and the next load completes."""
    rng = random.Random(20261124)
    bundles = [
        write_bundle(tmp_path / name, *(concept(n, f"{name}{n}") for n in range(1, 300_000))) for name in ("a", "b")
    ]
    load(station, bundles[0], "--partial")
    stands, kills, window_s = 0, 0, 1.5
    for _ in range(100):
        wanted = 1 - stands
        process = station.program.start("vocab", "load", "--partial", bundles[wanted])
        time.sleep(rng.uniform(0.02, window_s))
        was_running = process.poll() is None
        process.kill()
        _, stderr = process.communicate(timeout=60)
        kills += was_running
        window_s *= 1.0 if was_running else 0.9
        codes = station.rows("SELECT DISTINCT concept_code[1] FROM vocab.concept")
        assert len(codes) == 1, "two releases are mixed"
        assert station.rows("SELECT count(*) FROM vocab.concept") == [[299_999]]
        assert station.rows("SELECT count(*) FROM vocab.code_target") == [[299_999]]
        found = "ab".index(codes[0][0])
        if b"committed: snapshot" in stderr:
            assert found == wanted, "what was acknowledged was lost"
        station.run("catalog", "fsck").must_exit(0)
        stands = found
        if kills == 10:
            break
    assert kills == 10
    load(station, bundles[1 - stands], "--partial")


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


def test_look_ups_are_made_anew_when_they_are_lost(station: Station, tmp_path: pathlib.Path) -> None:
    """The file of look-ups is a cache: gone, broken or of a former release, the answer is the lake's."""
    load(station, GOOD)
    cache = station.folder / "cache"

    def found() -> list[int]:
        items = station.run("vocab", "search", "kuchziekte", "--json").must_exit(0).json["items"]
        return [item["concept_id"] for item in items]

    expected = found()
    assert expected[0] == 101
    shutil.rmtree(cache)
    assert found() == expected
    (cache / "vocab.sqlite").write_bytes(b"no database at all, and long enough to be looked at" * 100)
    assert found() == expected
    kept = (cache / "vocab.sqlite").read_bytes()
    load(station, write_bundle(tmp_path / "other", concept(7, "kuchziekte")), "--partial")
    assert found() == [7]
    (cache / "vocab.sqlite").write_bytes(kept)
    (cache / "vocab.stamp").unlink()
    assert found() == [7]
