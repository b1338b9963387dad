"""What a code means: reads Athena files and finds the standard concepts of a (system, code)."""

import collections
import csv
import dataclasses
import pathlib
from collections.abc import Iterator

VOCABULARY_OF_SYSTEM = {
    "http://snomed.info/sct": "SNOMED",
    "urn:oid:2.16.840.1.113883.6.96": "SNOMED",
    "http://loinc.org": "LOINC",
    "urn:oid:2.16.840.1.113883.6.1": "LOINC",
    "http://www.nlm.nih.gov/research/umls/rxnorm": "RxNorm",
    "http://www.whocc.no/atc": "ATC",
    "http://hl7.org/fhir/sid/icd-10": "ICD10",
    "http://hl7.org/fhir/sid/icd-10-cm": "ICD10CM",
    "urn:oid:2.16.840.1.113883.6.90": "ICD10CM",
    "http://hl7.org/fhir/sid/cvx": "CVX",
    "urn:oid:2.16.840.1.113883.2.4.3.120.5.1": "DHD-DT",
    "urn:oid:2.16.840.1.113883.2.4.3.120.5.2": "DHD-VT",
    "urn:oid:2.16.840.1.113883.2.4.4.30.45": "NHG-45",
}
DOTTED = {"ICD10", "ICD10CM"}


@dataclasses.dataclass(frozen=True)
class Concept:
    """A line of CONCEPT.csv."""

    concept_id: int
    domain: str
    vocabulary: str
    code: str
    is_standard: bool
    is_valid: bool


@dataclasses.dataclass(frozen=True)
class Meaning:
    """What a code means: its own concept (0 = not in the vocabulary), its standard concepts, the value they bring."""

    source_concept_id: int = 0
    targets: tuple[Concept, ...] = ()
    values: tuple[Concept, ...] = ()


def read_lines(path: pathlib.Path) -> Iterator[dict[str, str]]:
    """Returns the lines of an Athena file by column."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def normal_code(vocabulary: str, code: str) -> str:
    """Returns the code as it is compared: without spaces around it, ICD without its dot."""
    code = code.strip()
    return code.replace(".", "") if vocabulary in DOTTED else code


class Vocabulary:
    """The concepts of a folder of Athena files, found by code."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._concepts: dict[int, Concept] = {}
        self._by_code: dict[tuple[str, str], Concept] = {}
        self._maps: dict[str, dict[int, list[int]]] = {
            "Maps to": collections.defaultdict(list),
            "Maps to value": collections.defaultdict(list),
        }
        for line in read_lines(folder / "CONCEPT.csv"):
            self._add(line)
        for line in read_lines(folder / "CONCEPT_RELATIONSHIP.csv"):
            if line["relationship_id"] in self._maps and not line["invalid_reason"]:
                self._maps[line["relationship_id"]][int(line["concept_id_1"])].append(int(line["concept_id_2"]))
        self._kinship = {
            (int(line["ancestor_concept_id"]), int(line["descendant_concept_id"]))
            for line in read_lines(folder / "CONCEPT_ANCESTOR.csv")
        }

    def _add(self, line: dict[str, str]) -> None:
        concept = Concept(
            concept_id=int(line["concept_id"]),
            domain=line["domain_id"],
            vocabulary=line["vocabulary_id"],
            code=line["concept_code"],
            is_standard=line["standard_concept"] == "S",
            is_valid=not line["invalid_reason"],
        )
        self._concepts[concept.concept_id] = concept
        key = (concept.vocabulary, normal_code(concept.vocabulary, concept.code))
        former = self._by_code.get(key)
        # Of several concepts with one code the valid one counts.
        if former is None or (concept.is_valid and not former.is_valid):
            self._by_code[key] = concept

    @staticmethod
    def of_system(system: str | None) -> str | None:
        """Returns the vocabulary that a system's codes are in."""
        return VOCABULARY_OF_SYSTEM.get(system or "")

    def _mapped(self, relationship: str, concept_id: int) -> tuple[Concept, ...]:
        found = (self._concepts.get(target) for target in sorted(set(self._maps[relationship][concept_id])))
        return tuple(c for c in found if c is not None and c.is_standard and c.is_valid)

    def is_ancestor(self, meaning: Meaning, other: Meaning) -> bool:
        """Tells whether a meaning is wider than the other."""
        if not meaning.targets or not other.targets or meaning.targets[0] == other.targets[0]:
            return False
        return (meaning.targets[0].concept_id, other.targets[0].concept_id) in self._kinship

    def meaning(self, system: str | None, code: str | None) -> Meaning:
        """Returns what the code of the system means; an empty meaning if nobody knows it."""
        vocabulary = VOCABULARY_OF_SYSTEM.get(system or "")
        source = self._by_code.get((vocabulary, normal_code(vocabulary, code))) if vocabulary and code else None
        if source is None:
            return Meaning()
        values = self._mapped("Maps to value", source.concept_id)
        if source.is_standard and source.is_valid:
            return Meaning(source.concept_id, (source,), values)
        return Meaning(source.concept_id, self._mapped("Maps to", source.concept_id), values)
