"""The gate: the good bundle passes, each broken one is refused for exactly its reason, and nothing is replaced before."""

import gzip
import pathlib
import re
import shutil
from typing import Any

import pytest
from broken_bundle import GOOD, make_broken, recipes
from station import Answer, Program, Station, make_station

RECIPES = recipes()


def codes(answer: Answer, severity: str) -> list[str]:
    """Returns the codes of the problems of a severity, each once."""
    return sorted({problem["code"] for problem in answer.json["problems"] if problem["severity"] == severity})


def test_there_are_enough_recipes() -> None:
    """Each has a name of its own."""
    assert len(RECIPES) >= 25
    assert len({recipe["name"] for recipe in RECIPES}) == len(RECIPES)


@pytest.fixture(scope="module")
def gate_station(binary: pathlib.Path, tmp_path_factory: pytest.TempPathFactory) -> Station:
    """One station for all recipes: the gate asks the catalog nothing, so one catalog is enough."""
    folder = tmp_path_factory.mktemp("gate")
    return make_station(Program(binary, folder), "sqlite", folder / "station")


def test_the_good_bundle_passes_without_a_remark(station: Station) -> None:
    """Nothing is found in a bundle in which nothing is wrong; loading it again finds nothing either."""
    for _ in range(2):
        answer = station.run("vocab", "load", GOOD, "--json").must_exit(0).json
        assert (answer["problems"], answer["refused"], answer["release"]) == ([], False, "v5.0 28-FEB-25")
    assert station.rows("SELECT count(*) FROM vocab.concept") == [[43]]


@pytest.mark.parametrize("recipe", RECIPES, ids=[recipe["name"] for recipe in RECIPES])
def test_a_broken_bundle(gate_station: Station, tmp_path: pathlib.Path, recipe: dict[str, Any]) -> None:
    """Refused by exactly the codes of its recipe, with nothing replaced; --partial loads what can be loaded."""
    compared = recipe.get("after") == "good"
    if compared:
        gate_station.run("vocab", "load", GOOD, "--set", "vocab.shrink_percent_max=100").must_exit(0)
    flags = ["--json"] if compared else ["--json", "--set", "vocab.shrink_percent_max=100"]
    bundle = make_broken(recipe, tmp_path / "bundle")

    answer = gate_station.run("vocab", "load", bundle, *flags)
    assert codes(answer, "error") == recipe.get("errors", []), answer.explain("other errors were expected")
    assert codes(answer, "warning") == recipe.get("warnings", []), answer.explain("other warnings were expected")
    if "errors" not in recipe:
        answer.must_exit(0)
        return
    answer.must_exit(5)
    assert answer.json["refused"]
    assert answer.json["snapshot_id"] is None

    partial = gate_station.run("vocab", "load", "--partial", bundle, *flags)
    assert codes(partial, "error") == recipe["errors"], partial.explain("--partial tells the same")
    partial.must_exit(5 if recipe.get("loads", "yes") == "no" else 0)
    assert partial.json["refused"] == (partial.exit_code == 5)


def test_the_recipes_left_a_whole_lake(gate_station: Station) -> None:
    """Runs after them: every load is one row of vocab.release, and fsck finds nothing."""
    gate_station.run("catalog", "fsck", "--deep").must_exit(0)
    loads = gate_station.rows("SELECT count(*) FROM vocab.release")
    assert loads == gate_station.rows("SELECT count(*) FROM lineage.run WHERE kind = 'vocab'")


def test_a_refused_bundle_replaces_nothing(station: Station, tmp_path: pathlib.Path) -> None:
    """Rows, releases and snapshots are as they were."""
    station.run("vocab", "load", GOOD).must_exit(0)
    counts = "SELECT (SELECT count(*) FROM vocab.concept), (SELECT count(*) FROM vocab.release)"
    before = (station.rows(counts), len(station.run("snapshots", "--json").json["snapshots"]))
    bundle = make_broken(RECIPES[0], tmp_path / "bundle")
    station.run("vocab", "load", bundle).must_exit(5)
    assert (station.rows(counts), len(station.run("snapshots", "--json").json["snapshots"])) == before


def test_a_finding_can_be_accepted_by_its_code(station: Station, tmp_path: pathlib.Path) -> None:
    """A station that gives a vocabulary up says so; every other finding still refuses."""
    recipe = next(recipe for recipe in RECIPES if recipe["name"] == "vaccines were not chosen")
    bundle = make_broken(recipe, tmp_path / "bundle")
    station.run("vocab", "load", bundle, "--accept", "unsound_map").must_exit(5)
    answer = station.run("vocab", "load", bundle, "--accept", "needed_vocabulary", "--json").must_exit(0)
    assert codes(answer, "warning") == ["needed_vocabulary"]
    fewer = ["--set", "vocab.needed=SNOMED,LOINC"]
    answer = station.run("vocab", "load", bundle, "--json", *fewer).must_exit(0)
    assert answer.json["problems"] == []


def test_the_shared_vocabulary_is_no_release(station: Station, shared: pathlib.Path) -> None:
    """It mixes releases and lacks a vocabulary: refused, and what is wrong with it is listed either way."""
    vocabulary = shared / "data" / "omop" / "vocab"
    refused = station.run("vocab", "load", vocabulary, "--json").must_exit(5)
    partial = station.run("vocab", "load", "--partial", vocabulary, "--json").must_exit(0)
    assert refused.json["problems"] == partial.json["problems"]
    assert codes(partial, "error") == ["needed_vocabulary"]
    assert codes(partial, "warning") == ["dangling_key", "missing_concept"]


def test_seeds_of_another_project_lead_nowhere(station: Station, shared: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """Most ids of the raw seeds have no concept in the test vocabulary: counted, with examples."""
    bundle = tmp_path / "bundle"
    shutil.copytree(shared / "data" / "omop" / "vocab", bundle)
    for name, seed in (("CONCEPT_RELATIONSHIP", "concept_relationship"), ("CONCEPT_ANCESTOR", "concept_ancestor")):
        packed = shared / "data" / "omop" / "vocab_dbt_seed_raw" / f"{seed}_seed.csv.gz"
        lines = gzip.decompress(packed.read_bytes()).decode().splitlines()
        text = "".join(line.replace(",", "\t") + "\n" for line in lines)
        (bundle / f"{name}.csv").write_text(re.sub(r"\t(\d{4})-(\d\d)-(\d\d)", r"\t\1\2\3", text))
    answer = station.run("vocab", "load", bundle, "--json").must_exit(5)
    dangling = {
        (problem["table"], problem["message"].split()[2]): problem
        for problem in answer.json["problems"]
        if problem["code"] == "dangling_key" and problem["severity"] == "error"
    }
    for key in (
        ("concept_relationship", "concept_id_1"),
        ("concept_relationship", "concept_id_2"),
        ("concept_ancestor", "ancestor_concept_id"),
        ("concept_ancestor", "descendant_concept_id"),
    ):
        assert dangling[key]["count"] > 1000
        assert len(dangling[key]["examples"]) == 5
