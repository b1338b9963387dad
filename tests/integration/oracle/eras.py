"""Eras as OHDSI defines them, made row by row from the records of the tables they come from."""

import collections
import dataclasses
import datetime
import pathlib
from collections.abc import Iterable

from oracle.vocabulary import read_lines

DAY = datetime.timedelta(days=1)
GAP = datetime.timedelta(days=30)
Spell = tuple[datetime.date, datetime.date]


@dataclasses.dataclass
class Era:
    """Records of one concept that belong together."""

    start: datetime.date
    end: datetime.date
    records: int = 1


def merged(spells: Iterable[Spell], gap: datetime.timedelta) -> list[Era]:
    """Returns the spells, those that overlap or lie at most `gap` apart as one."""
    eras: list[Era] = []
    for start, end in sorted(spells):
        if eras and start <= eras[-1].end + gap:
            eras[-1].end = max(eras[-1].end, end)
            eras[-1].records += 1
        else:
            eras.append(Era(start, end))
    return eras


def ingredients(vocabulary: pathlib.Path) -> dict[int, set[int]]:
    """Returns the ingredients above each concept of a bundle."""
    found = {
        int(line["concept_id"])
        for line in read_lines(vocabulary / "CONCEPT.csv")
        if line["concept_class_id"] == "Ingredient"
        and line["vocabulary_id"] in ("RxNorm", "RxNorm Extension")
        and line["standard_concept"] == "S"
    }
    above: dict[int, set[int]] = collections.defaultdict(set)
    for line in read_lines(vocabulary / "CONCEPT_ANCESTOR.csv"):
        if int(line["ancestor_concept_id"]) in found:
            above[int(line["descendant_concept_id"])].add(int(line["ancestor_concept_id"]))
    return above


def day(text: str | None) -> datetime.date | None:
    """Returns the date that a cell of a table holds."""
    return None if text is None else datetime.date.fromisoformat(text)


def condition_eras(rows: Iterable[list[str]]) -> collections.Counter[tuple[object, ...]]:
    """Returns person, concept, first and last day and records of each era; rows: person, concept, start, end."""
    spells: dict[tuple[int, int], list[Spell]] = collections.defaultdict(list)
    for person, concept, start_text, end_text in rows:
        start = day(start_text)
        assert start is not None
        end = day(end_text) or start + DAY
        if int(concept) != 0:
            spells[(int(person), int(concept))].append((start, max(start, end)))
    return collections.Counter(
        (*key, str(era.start), str(era.end), era.records) for key, each in spells.items() for era in merged(each, GAP)
    )


def drug_eras(rows: Iterable[list[str]], above: dict[int, set[int]]) -> collections.Counter[tuple[object, ...]]:
    """As condition_eras, with the days without use; rows: person, concept, start, end, days of supply."""
    spells: dict[tuple[int, int], list[Spell]] = collections.defaultdict(list)
    for person, concept, start_text, end_text, supply in rows:
        start, end = day(start_text), day(end_text)
        assert start is not None
        if end is None or end == start:
            end = start + (DAY if supply is None else int(supply) * DAY)
        for ingredient in above.get(int(concept), set()):
            spells[(int(person), ingredient)].append((start, max(start, end)))
    eras: collections.Counter[tuple[object, ...]] = collections.Counter()
    for key, each in spells.items():
        uses = merged(each, 0 * DAY)
        for era in merged(each, GAP):
            used = sum((use.end - use.start).days for use in uses if era.start <= use.start and use.end <= era.end)
            eras[(*key, str(era.start), str(era.end), era.records, (era.end - era.start).days - used)] += 1
    return eras
