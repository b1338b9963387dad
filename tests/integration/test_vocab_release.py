"""A new release changes the rows of exactly those whose codes mean something else, and of nobody else."""

import dataclasses
import json
import pathlib
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from broken_bundle import GOOD
from station import Program, Station, make_station
from test_incremental import ROW_IDS, run, state_of

SNOMED = "http://snomed.info/sct"
ICD10 = "http://hl7.org/fhir/sid/icd-10"
UCUM = "http://unitsofmeasure.org"


@dataclasses.dataclass(frozen=True)
class Concept:
    """A line of CONCEPT.csv."""

    concept_id: int
    code: str
    vocabulary: str = "SNOMED"
    domain: str = "Condition"
    standard: str = "S"
    name: str = ""
    concept_class: str = "Disorder"
    end: str = "20991231"
    invalid: str = ""

    def line(self) -> str:
        """Returns it as Athena writes it."""
        fields = [str(self.concept_id), self.name or f"Begrip {self.concept_id}", self.domain, self.vocabulary]
        fields += [self.concept_class, self.standard, self.code, "19700101", self.end, self.invalid]
        return "\t".join(fields) + "\n"


Lines = dict[str, list[str]]


def bundle(*parts: Concept | str, maps: str = "", values: str = "", ancestors: str = "", is_a: str = "") -> Lines:
    """Returns lines a file. Relations are written as "source>target source>target"; strings are synonyms."""
    lines: Lines = {"CONCEPT": [part.line() for part in parts if isinstance(part, Concept)]}
    lines["CONCEPT_SYNONYM"] = [part + "\t4182503\n" for part in parts if isinstance(part, str)]
    lines["CONCEPT_RELATIONSHIP"] = []
    for pairs, name, inverse in (
        (maps, "Maps to", "Mapped from"),
        (values, "Maps to value", "Value mapped from"),
        (is_a, "Is a", "Subsumes"),
    ):
        for pair in pairs.split():
            source, target = pair.split(">")
            lines["CONCEPT_RELATIONSHIP"] += [
                f"{source}\t{target}\t{name}\t19700101\t20991231\t\n",
                f"{target}\t{source}\t{inverse}\t19700101\t20991231\t\n",
            ]
    lines["CONCEPT_ANCESTOR"] = [pair.replace(">", "\t") + "\t1\t1\n" for pair in ancestors.split()]
    return lines


@dataclasses.dataclass(frozen=True)
class Kind:
    """One kind of change between two releases, and the patient whose code it is about."""

    name: str
    before: Lines
    after: Lines
    diff: list[tuple[str, int]]  # what `vocab diff` must say: kind and concept
    affected: bool = True  # whether the patient's rows become others
    stale: bool = True  # whether the patient is looked at
    codings: tuple[tuple[str, str], ...] = ()
    unit: str = ""


def icd(concept_id: int, code: str) -> Concept:
    """A source code that is not standard."""
    return Concept(concept_id, code, "ICD10", standard="", concept_class="ICD10 code")


def self_maps(*ids: int) -> str:
    """Standard concepts map to themselves."""
    return " ".join(f"{concept_id}>{concept_id}" for concept_id in ids)


def standard(concept_id: int, code: str, **other: str) -> Lines:
    """Returns one standard concept, which maps to itself."""
    return bundle(Concept(concept_id, code, **other), maps=self_maps(concept_id))


A, B, C = Concept(11001, "71001"), Concept(11002, "71002"), Concept(11003, "71003", domain="Observation")
COMMON = bundle(A, B, C, maps=self_maps(11001, 11002, 11003))
KINDS = [
    Kind(
        "renamed",
        standard(12001, "7201"),
        standard(12001, "7201", name="Nieuwe naam"),
        [("renamed", 12001)],
        affected=False,
        stale=False,
        codings=((SNOMED, "7201"),),
    ),
    Kind(
        "moved",
        standard(12002, "7202"),
        standard(12002, "7202", domain="Observation"),
        [("moved", 12002)],
        codings=((SNOMED, "7202"),),
    ),
    Kind(
        "target moved",
        bundle(icd(12003, "Q03.1"), Concept(13003, "7303"), maps="12003>13003 " + self_maps(13003)),
        bundle(icd(12003, "Q03.1"), Concept(13003, "7303", domain="Drug"), maps="12003>13003 " + self_maps(13003)),
        [("moved", 13003)],
        codings=((ICD10, "Q03.1"),),
    ),
    Kind(
        "remapped",
        bundle(icd(12004, "Q04.1"), maps="12004>11001"),
        bundle(icd(12004, "Q04.1"), maps="12004>11002"),
        [("remapped", 12004)],
        codings=((ICD10, "Q04.1"),),
    ),
    Kind(
        "one more target",
        bundle(icd(12005, "Q05"), maps="12005>11001"),
        bundle(icd(12005, "Q05"), maps="12005>11001 12005>11003"),
        [("remapped", 12005)],
        codings=((ICD10, "q05"),),
    ),
    Kind(
        "map lost",
        bundle(icd(12006, "Q06"), maps="12006>11001"),
        bundle(icd(12006, "Q06")),
        [("remapped", 12006)],
        codings=((ICD10, "Q06"),),
    ),
    Kind(
        "map won",
        bundle(icd(12007, "Q07")),
        bundle(icd(12007, "Q07"), maps="12007>11002"),
        [("remapped", 12007)],
        codings=((ICD10, "Q07"),),
    ),
    Kind(
        "retired and replaced",
        standard(12008, "7208"),
        bundle(Concept(12008, "7208", standard="", end="20250101", invalid="U"), maps="12008>11001"),
        [("standard_lost", 12008)],
        codings=((SNOMED, "7208"),),
    ),
    Kind(
        "retired for good",
        standard(12009, "7209"),
        bundle(Concept(12009, "7209", standard="", end="20250101", invalid="D")),
        [("standard_lost", 12009)],
        codings=((SNOMED, "7209"),),
    ),
    Kind(
        "became standard",
        bundle(Concept(12010, "7210", standard=""), maps="12010>11001"),
        standard(12010, "7210"),
        [("standard_won", 12010)],
        codings=((SNOMED, "7210"),),
    ),
    Kind(
        "added",
        bundle(),
        standard(12011, "7211"),
        [("added", 12011)],
        codings=((SNOMED, "7211"),),
    ),
    Kind(
        "removed",
        standard(12012, "7212"),
        bundle(),
        [("removed", 12012)],
        codings=((SNOMED, "7212"),),
    ),
    Kind(
        "another class",
        standard(12013, "7213"),
        standard(12013, "7213", concept_class="Qualifier Value"),
        [],
        affected=False,
        codings=((SNOMED, "7213"),),
    ),
    Kind(
        "other dates",
        standard(12014, "7214"),
        standard(12014, "7214", end="20981231"),
        [],
        affected=False,
        stale=False,
        codings=((SNOMED, "7214"),),
    ),
    Kind(
        "another synonym",
        bundle(Concept(12015, "7215"), "12015\tOud woord", maps=self_maps(12015)),
        bundle(Concept(12015, "7215"), "12015\tNieuw woord", maps=self_maps(12015)),
        [],
        affected=False,
        stale=False,
        codings=((SNOMED, "7215"),),
    ),
    Kind(
        "another relation",
        standard(12016, "7216"),
        bundle(Concept(12016, "7216"), maps=self_maps(12016), is_a="12016>11001"),
        [],
        affected=False,
        stale=False,
        codings=((SNOMED, "7216"),),
    ),
    Kind(
        "value won",
        bundle(icd(12017, "Q17"), maps="12017>11003"),
        bundle(icd(12017, "Q17"), maps="12017>11003", values="12017>107"),
        [],
        codings=((ICD10, "Q17"),),
    ),
    Kind(
        "another value",
        bundle(icd(12018, "Q18"), maps="12018>11003", values="12018>107"),
        bundle(icd(12018, "Q18"), maps="12018>11003", values="12018>4188539"),
        [],
        codings=((ICD10, "Q18"),),
    ),
    Kind(
        "another unit",
        bundle(Concept(12019, "u19", "UCUM", "Unit", concept_class="Unit"), maps=self_maps(12019)),
        bundle(
            Concept(12019, "u19", "UCUM", "Unit", "", concept_class="Unit", end="20250101", invalid="U"),
            maps="12019>301",
        ),
        [("standard_lost", 12019)],
        unit="u19",
    ),
    Kind(
        "kinship won",
        bundle(Concept(12020, "7220"), Concept(13020, "7320"), maps=self_maps(12020, 13020)),
        bundle(Concept(12020, "7220"), Concept(13020, "7320"), maps=self_maps(12020, 13020), ancestors="12020>13020"),
        [],
        codings=((SNOMED, "7220"), (SNOMED, "7320")),
    ),
    Kind(
        "kinship lost",
        bundle(Concept(12021, "7221"), Concept(13021, "7321"), maps=self_maps(12021, 13021), ancestors="12021>13021"),
        bundle(Concept(12021, "7221"), Concept(13021, "7321"), maps=self_maps(12021, 13021)),
        [],
        codings=((SNOMED, "7221"), (SNOMED, "7321")),
    ),
    Kind(
        "kinship of no two codings at once",
        bundle(Concept(12022, "7222"), Concept(13022, "7322"), maps=self_maps(12022, 13022)),
        bundle(Concept(12022, "7222"), Concept(13022, "7322"), maps=self_maps(12022, 13022), ancestors="12022>13022"),
        [],
        affected=False,
        stale=False,
        codings=((SNOMED, "7222"),),
    ),
    Kind(
        "another code",
        standard(12023, "7223"),
        standard(12023, "7923"),
        [],
        codings=((SNOMED, "7223"),),
    ),
    Kind(
        "another number",
        standard(12024, "7224"),
        standard(14024, "7224"),
        [("removed", 12024), ("added", 14024)],
        codings=((SNOMED, "7224"),),
    ),
    Kind("nothing", bundle(), bundle(), [], affected=False, stale=False, codings=((SNOMED, "71001"),)),
]


def write_release(folder: pathlib.Path, release: str, which: Callable[[Kind], Lines]) -> pathlib.Path:
    """Writes the good bundle with the lines of all kinds, in the state before or after."""
    shutil.copytree(GOOD, folder)
    for lines in (COMMON, *(which(kind) for kind in KINDS)):
        for name, more in lines.items():
            with (folder / f"{name}.csv").open("a", encoding="utf-8") as out:
                out.writelines(more)
    vocabulary = folder / "VOCABULARY.csv"
    vocabulary.write_text(vocabulary.read_text().replace("v5.0 28-FEB-25", release))
    return folder


def write_patients(path: pathlib.Path) -> pathlib.Path:
    """Writes one patient a kind, with one event that carries its code, and one that does not."""
    resources: list[dict[str, Any]] = []
    for number, kind in enumerate(KINDS):
        patient = f"p{number}"
        subject = {"reference": f"Patient/{patient}"}
        resources.append({"resourceType": "Patient", "id": patient, "gender": "female", "birthDate": "1970-01-01"})
        codings = [{"system": system, "code": code} for system, code in kind.codings]
        event: dict[str, Any] = {
            "resourceType": "Condition",
            "onsetDateTime": "2020-01-01",
            "code": {"coding": codings},
        }
        if kind.unit:
            quantity = {"value": 5, "system": UCUM, "code": kind.unit}
            code = {"coding": [{"system": "http://loinc.org", "code": "90001-1"}]}
            event = {"resourceType": "Observation", "status": "final", "effectiveDateTime": "2020-01-01"}
            event |= {"code": code, "valueQuantity": quantity}
        resources.append({**event, "id": f"{patient}-event", "subject": subject})
        other = {"coding": [{"system": SNOMED, "code": "9001001"}]}
        resources.append(
            {"resourceType": "Condition", "id": f"{patient}-other", "subject": subject}
            | {"onsetDateTime": "2021-01-01", "code": other}
        )
    path.write_text("".join(json.dumps(resource) + "\n" for resource in resources))
    return path


def touched(before: set[tuple[str, str, int]], after: set[tuple[str, str, int]]) -> set[str]:
    """Returns the patients whose OMOP rows differ."""
    return {json.loads(row)["resource_id"].split("-")[0] for table, row, _ in before ^ after if table in ROW_IDS}


@pytest.fixture
def new_station(
    binary: pathlib.Path, tmp_path: pathlib.Path, catalog_kind: str, new_catalog: Callable[[str], str]
) -> Callable[[pathlib.Path], Station]:
    """Makes stations that have loaded a release and converted the patients."""
    patients = write_patients(tmp_path / "patients.ndjson")

    def make(release: pathlib.Path) -> Station:
        folder = tmp_path / f"station of {release.name}"
        folder.mkdir()
        station = make_station(Program(binary, folder), new_catalog(catalog_kind), folder / "station")
        station.run("vocab", "load", release).must_exit(0)
        station.ingest(patients)
        run(station)
        return station

    return make


def test_exactly_those_it_touches_are_converted_anew(
    new_station: Callable[[pathlib.Path], Station], tmp_path: pathlib.Path
) -> None:
    """More than twenty kinds of change: the diff, the patients looked at, and the rows are those of a full rebuild."""
    assert len(KINDS) > 20
    first = write_release(tmp_path / "first", "v5.0 28-FEB-25", lambda kind: kind.before)
    second = write_release(tmp_path / "second", "v5.0 30-AUG-25", lambda kind: kind.after)
    station, rebuilt = new_station(first), new_station(second)
    before = state_of(station)
    station.run("vocab", "load", second).must_exit(0)

    diff = station.run("vocab", "diff", "v5.0 28-FEB-25", "v5.0 30-AUG-25", "--json").must_exit(0).json
    told = sorted((change["kind"], change["concept_id"]) for change in diff["changes"])
    assert told == sorted(change for kind in KINDS for change in kind.diff)

    answer = run(station)
    after = state_of(station)
    assert after == state_of(rebuilt)
    assert touched(before, after) == {f"p{number}" for number, kind in enumerate(KINDS) if kind.affected}
    computed = {asset["key"]: (asset["mode"], asset["keys"]) for asset in answer["assets"]}
    stale = sum(kind.stale for kind in KINDS)
    assert computed["omop/condition_occurrence"] == ("incremental", stale)
    assert computed["omop/observation"] == ("incremental", stale)
    assert computed["omop/person"][0] == "skipped"
    assert run(station, "--full")["snapshot_ids"] == []
