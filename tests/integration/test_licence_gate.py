"""Text of licensed vocabularies: planted as a marker, it leaves by no verb and no format to a role without the right."""

import json
import pathlib
import shutil
from typing import Any

import pytest
from broken_bundle import GOOD
from station import Answer, Program, Station, make_station
from test_vocab_dhd import DIAGNOSES_OID, FORMAT_4_3

MARKER = "Plantwoord"
SNOMED = "http://snomed.info/sct"
LICENCES = ("--set", "vocab.licences=CPT4")
RELEASES = ("v5.0 28-FEB-25", "v5.0 30-AUG-25")
WITHOUT_RIGHT = ("--role", "onderzoeker")
WITH_RIGHT = ("--role", "codeur")

# What each verb is tried with. None: it changes or shows rows, and is refused.
TRIED: dict[str, list[list[str]] | None] = {
    "init": [["new-station"]],
    "demo": None,
    "ingest": None,
    "quarantine list": None,
    "quarantine show": None,
    "vocab load": None,
    "vocab status": [[], ["--json"]],
    "vocab lookup": [
        [*which, *form]
        for which in (
            ["--system", "CPT4", "--code", "00001"],
            ["--system", SNOMED, "--code", "9001004"],
            ["--system", DIAGNOSES_OID, "--code", "0000000101"],
            ["--system", "CPT4", "--code", "none"],
        )
        for form in ([], ["--json"])
    ],
    "vocab search": [[text, *form] for text in (MARKER, "00001", "0000000101") for form in ([], ["--json"])],
    "vocab concept": [[concept, *form] for concept in ("801", "101", "802") for form in ([], ["--json"])],
    "vocab diff": [[*RELEASES, "--limit", "100", *form] for form in ([], ["--json"])],
    "vocab map load": None,
    "vocab unmapped": [[], ["--json"], *(["--format", form] for form in ("table", "csv", "json"))],
    "run": None,
    "plan": [[], ["--json"]],
    "assets list": [[], ["--json"]],
    "assets show": [["omop/concept"], ["curated/broken"], ["curated/broken", "--json"]],
    "assets graph": [[], ["--json"], ["--format", "dot"]],
    "assets test": None,
    "runs list": [[], ["--json"]],
    "runs show": [[], ["--json"]],
    "runs logs": [[], ["--json"]],
    "lineage": [
        ["omop/condition_occurrence"],
        ["omop/condition_occurrence", "--json"],
        ["omop/condition_occurrence.condition_concept_id", "--up"],
        ["omop/condition_occurrence", "--format", "openlineage"],
    ],
    "query": None,
    "view run": None,
    "snapshots": [[], ["--json"]],
    "catalog fsck": None,
    "catalog compact": None,
    "catalog expire": None,
    "erase": None,
    "backup": None,
    "restore": None,
    "doctor": [[], ["--json"]],
    "config show": [[], ["--json"], ["--origin"], ["--format", "markdown"]],
    "version": [[], ["--json"]],
    "completion": [["bash"], ["zsh"], ["fish"]],
    "help": [[], ["vocab search"], ["settings"], ["exit-codes"]],
}
# What a refused verb needs to be understood at all.
ARGUMENTS = {
    "ingest": ["in.ndjson"],
    "quarantine show": ["q1"],
    "vocab load": [str(GOOD)],
    "vocab map load": ["map.csv"],
    "assets test": ["assets"],
    "query": [f"SELECT concept_name FROM vocab.concept WHERE concept_name LIKE '{MARKER}%'"],
    "view run": ["view.json", "--from", "in.ndjson"],
    "erase": ["Patient/a"],
    "backup": ["backup.tar"],
    "restore": ["backup.tar", "again"],
}
BROKEN_ASSET = "SELECT concept_id, concept_name::INTEGER AS number FROM vocab.concept WHERE vocabulary_id = 'CPT4'\n"


def release(folder: pathlib.Path, name: str, marker: str) -> pathlib.Path:
    """Writes a bundle with three licensed concepts that are named by the marker: a source, a target and a value."""
    shutil.copytree(GOOD, folder)
    lines = {
        "CONCEPT.csv": [
            f"801\t{marker} een\tProcedure\tCPT4\tCPT4\tS\t00001\t19700101\t20991231\t",
            f"802\t{marker} twee\tProcedure\tCPT4\tCPT4\tS\t00002\t19700101\t20991231\t",
            f"803\t{marker} drie {name}\tProcedure\tCPT4\tCPT4\tS\t{name[-2:]}003\t19700101\t20991231\t",
        ],
        "CONCEPT_SYNONYM.csv": [f"801\t{marker} anders\t4182503", f"101\tkuchje {marker.lower()}je\t4182503"],
        "CONCEPT_RELATIONSHIP.csv": [
            f"{a}\t{b}\t{kind}\t19700101\t20991231\t"
            for a, b, kind in (
                (801, 801, "Maps to"),
                (801, 801, "Mapped from"),
                (802, 802, "Maps to"),
                (802, 802, "Mapped from"),
                (803, 803, "Maps to"),
                (803, 803, "Mapped from"),
                (108, 801, "Maps to"),
                (801, 108, "Mapped from"),
                (108, 802, "Maps to value"),
                (802, 108, "Value mapped from"),
            )
        ],
        "CONCEPT_ANCESTOR.csv": ["801\t101\t1\t1", "101\t802\t1\t1"],
        "VOCABULARY.csv": ["CPT4\tCPT4\t\t2025\t1"],
        "CONCEPT_CLASS.csv": ["CPT4\tCPT4\t3"],
        "DOMAIN.csv": ["Procedure\tProcedure\t2"],
    }
    for file, more in lines.items():
        with (folder / file).open("a") as out:
            out.writelines(line + "\n" for line in more)
    vocabulary = folder / "VOCABULARY.csv"
    vocabulary.write_text(vocabulary.read_text().replace(RELEASES[0], name))
    return folder


def thesauri(folder: pathlib.Path) -> pathlib.Path:
    """Writes a DHD delivery whose terms are the marker."""
    shutil.copytree(FORMAT_4_3, folder)
    for path in folder.rglob("*ThesaurusTerm.csv"):
        path.write_text(path.read_text().replace("kuchziekte", f"{MARKER} kuch").replace("hoestziekte", MARKER))
    return folder


def resources() -> list[dict[str, Any]]:
    """Returns a patient with a licensed code, and one that no vocabulary has, each with licensed text as its name."""
    patient = {"resourceType": "Patient", "id": "a", "gender": "male", "birthDate": "1980-01-01"}
    codings = [("http://www.ama-assn.org/go/cpt", "00001"), (DIAGNOSES_OID, "0000000999"), ("urn:lab", "L1")]
    return [patient] + [
        {
            "resourceType": "Condition",
            "id": f"c{number}",
            "subject": {"reference": "Patient/a"},
            "onsetDateTime": "2020-01-01",
            "code": {"coding": [{"system": system, "code": code, "display": f"{MARKER} een"}]},
        }
        for number, (system, code) in enumerate(codings)
    ]


@pytest.fixture(scope="module")
def planted(binary: pathlib.Path, tmp_path_factory: pytest.TempPathFactory) -> Station:
    """A station full of the marker: two releases, a DHD delivery, data, a run in which an asset of its own fails."""
    folder = tmp_path_factory.mktemp("planted")
    station = make_station(Program(binary, folder), "sqlite", folder / "station")
    settings = station.folder / "pluginlake.toml"
    settings.write_text(settings.read_text() + '\n[vocab]\ntext_roles = "arts, codeur"\n')
    first = release(folder / "first", RELEASES[0], MARKER)
    second = release(folder / "second", RELEASES[1], f"{MARKER}en")
    station.run("vocab", "load", first, *LICENCES).must_exit(0)
    station.run("vocab", "load", "--dhd", thesauri(folder / "dhd")).must_exit(0)
    lines = "".join(json.dumps(each) + "\n" for each in resources())
    (folder / "in.ndjson").write_text(lines + f'{{"resourceType":"Patient","id":"{MARKER}","birthDate":[]}}\n')
    station.ingest(folder / "in.ndjson")
    assets = station.folder / "assets" / "curated"
    assets.mkdir(parents=True)
    (assets / "broken.sql").write_text(BROKEN_ASSET)
    (assets / "broken.toml").write_text('description = "Numbers that are none"\nincremental = "full"\n')
    station.run("vocab", "load", second, *LICENCES).must_exit(0)
    answer = station.run("run", "--json").must_exit(8).json
    assert [a["key"] for a in answer["assets"] if a["status"] == "failed"] == ["curated/broken"]
    return station


def tried(station: Station, verb: str, arguments: list[str], *role: str) -> Answer:
    """Runs a verb under a role."""
    return station.run(*verb.split(), *arguments, *role)


def shows(answer: Answer) -> bool:
    """Says whether the marker is anywhere in the output."""
    return MARKER.lower() in (answer.stdout + answer.stderr).lower()


def test_no_verb_shows_it(planted: Station) -> None:
    """All verbs, all formats; a verb that is not tried fails the test."""
    listed = planted.run("help").must_exit(0).stdout.split("Verbs:\n")[1].split("\n\n")[0]
    assert {line[2:18].strip() for line in listed.splitlines()} == set(TRIED)
    for verb, calls in TRIED.items():
        if calls is None:
            answer = tried(planted, verb, ARGUMENTS.get(verb, []), *WITHOUT_RIGHT).must_exit(4)
            assert "PL-0211" in answer.stderr
            continue
        for arguments in calls:
            answer = tried(planted, verb, arguments, *WITHOUT_RIGHT)
            assert answer.exit_code in (0, 3, 5, 8), answer.explain("it should answer")
            assert not shows(answer), answer.explain("it shows the licensed text")
    logs = "".join(path.read_text() for path in (planted.folder / "logs").glob("*"))
    assert "verb_ended" in logs
    assert MARKER.lower() not in logs.lower()
    patient_rows = tried(planted, "lineage", ["omop/condition_occurrence", "--row", "1"], *WITHOUT_RIGHT)
    assert "PL-0408" in patient_rows.must_exit(4).stderr


def test_ids_and_counts_are_shown(planted: Station) -> None:
    """What is withheld is said to be; names of open vocabularies stay."""
    [hit] = planted.run("vocab", "search", f"{MARKER}en anders", "--json", *WITHOUT_RIGHT).must_exit(0).json["items"]
    assert (hit["concept_id"], hit["concept_name"], hit["text_withheld"], hit["used"]) == (801, None, True, 1)
    [hit] = planted.run("vocab", "search", "kuchprik", "--json", *WITHOUT_RIGHT).must_exit(0).json["items"]
    assert (hit["concept_name"], "text_withheld" in hit) == ("kuchprik", False)
    lookup = ("vocab", "lookup", "--system", SNOMED, "--code", "9001008", "--json")
    [target] = planted.run(*lookup, *WITHOUT_RIGHT).must_exit(0).json["targets"]
    assert (target["concept_id"], target["value_concept_id"], target["value_name"]) == (801, 802, None)
    items = planted.run("vocab", "unmapped", "--json", *WITHOUT_RIGHT).must_exit(0).json["items"]
    assert [(item["code"], item["display"], item["occurrences"]) for item in items] == [
        ("L1", None, 1),
        ("0000000999", None, 1),
    ]
    assert [candidate["concept_name"] for candidate in items[0]["candidates"]] == [None, None, None]


@pytest.mark.parametrize("role", [WITH_RIGHT, ()], ids=["role", "operator"])
def test_who_has_the_right_sees_it(planted: Station, role: tuple[str, ...]) -> None:
    """The verbs that hide it show it, so the search above does find what is there; rows stay with the operator."""
    showing = [verb for verb, calls in TRIED.items() if any(shows(tried(planted, verb, a, *role)) for a in calls or [])]
    assert showing == ["vocab lookup", "vocab search", "vocab concept", "vocab diff", "vocab unmapped"]
    answer = tried(planted, "query", ARGUMENTS["query"], *role)
    assert answer.exit_code == (4 if role else 0)


def test_nobody_gives_the_right_to_themselves(planted: Station) -> None:
    """Only the station's own file does."""
    search = ("vocab", "search", MARKER, *WITHOUT_RIGHT)
    asked = planted.run(*search, "--set", "vocab.text_roles=onderzoeker").must_exit(0)
    assert not shows(asked)
    asked = planted.run(*search, environment={"PLUGINLAKE_VOCAB__TEXT_ROLES": "onderzoeker"}).must_exit(0)
    assert not shows(asked)
