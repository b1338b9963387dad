"""The resources of a delivery: reads NDJSON files, packed or not, and finds one by reference."""

import collections
import gzip
import json
import pathlib
import re
from collections.abc import Iterator
from typing import Any

Resource = dict[str, Any]

TYPE = re.compile(rb'^\{"resourceType":"([A-Za-z]+)"')
# What the rules of OMOP look at; all other types are only counted.
READ_TYPES = frozenset(
    {
        *("AllergyIntolerance", "Condition", "Device", "DeviceUseStatement", "Encounter", "Immunization", "Location"),
        *("Medication", "MedicationAdministration", "MedicationRequest", "Observation", "Organization", "Patient"),
        *("Practitioner", "Procedure"),
    }
)


def items(value: Any) -> list[Any]:
    """Returns a repeating element as a list, whether it is there or not."""
    return value if isinstance(value, list) else []


def lines_of(path: pathlib.Path) -> Iterator[bytes]:
    """Returns the lines of a file that are not blank."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        for line in lines:
            if line.strip():
                yield line


class Delivery:
    """All resources of some NDJSON files; of one that comes twice the later counts."""

    def __init__(self, paths: list[pathlib.Path], former: "Delivery | None" = None) -> None:
        self.keys_by_type: collections.defaultdict[str, set[str]] = collections.defaultdict(set)
        self._resources: dict[str, dict[str, Resource]] = {name: {} for name in sorted(READ_TYPES)}
        if former is not None:
            self.keys_by_type.update({kind: set(keys) for kind, keys in former.keys_by_type.items()})
            self._resources = {kind: dict(found) for kind, found in former._resources.items()}
        for path in paths:
            for line in lines_of(path):
                self._add(line)

    def _add(self, line: bytes) -> None:
        match = TYPE.match(line)
        kind = match.group(1).decode() if match else ""
        resource: Resource = json.loads(line)
        kind = kind or resource["resourceType"]
        self.keys_by_type[kind].add(resource["id"])
        if kind in READ_TYPES:
            self._resources[kind][resource["id"]] = resource

    def of_type(self, kind: str) -> list[Resource]:
        """Returns the resources of a type, in order of arrival."""
        return list(self._resources[kind].values())

    def find(self, kind: str, reference: Resource | None) -> Resource | None:
        """Returns the resource of that type which a reference names, None if there is none."""
        parts = str((reference or {}).get("reference", "")).split("/_history/")[0].split("/")
        if len(parts) < 2 or parts[-2] != kind:
            return None
        return self._resources[kind].get(parts[-1])
