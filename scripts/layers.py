#!/usr/bin/env python3
"""Checks who includes whom against the one table of the rooms; prints each breach, exits 1 if there is any."""

import argparse
import pathlib
import re
import sys

# Room -> the rooms it may know. A room may also use what those may use. Drawn ahead for the rooms still to come.
MAY_KNOW = {
    "core": "",
    "duck": "core",
    "net": "core",
    "state": "core",
    "schemas": "core",
    "monitoring": "core net state",
    "catalog": "duck schemas monitoring",
    "fhir": "duck schemas",
    "sources": "catalog fhir",
    "omop": "catalog schemas sources",
    "assets": "duck fhir omop catalog",
    "orchestration": "assets catalog sources state net monitoring",
    "query": "duck catalog schemas omop monitoring",
    "update": "net state monitoring",
    "api": "catalog query orchestration sources fhir state net monitoring",
}
# What may not be reached even though a room in between may: records come in without knowing the station's own state.
NEVER = {"sources": {"state", "net"}}
# Header -> the one room that may include it.
ONLY_IN = {"duckdb.h": "duck", "libpq-fe.h": "state catalog app", "sqlite3.h": "state catalog omop app"}

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def reachable(room: str) -> set[str]:
    """Returns the rooms that `room` may include: itself, what it may know, and what those may."""
    rooms = {room}
    for known in MAY_KNOW[room].split():
        rooms |= reachable(known)
    return rooms - NEVER.get(room, set())


def room_of_include(header: str) -> str | None:
    """Returns the room a header lies in: pluginlake/<room>/..., app/..., or generated <room>/sql.h."""
    parts = header.split("/")
    if parts[0] == "pluginlake" and len(parts) > 2:
        return parts[1]
    return parts[0] if len(parts) > 1 and (parts[0] in MAY_KNOW or parts[0] == "app") else None


def breaches_of_file(path: pathlib.Path, room: str, shown: str) -> list[str]:
    """Returns one line of text for each include in the file that the table does not allow."""
    found = []
    allowed = set(MAY_KNOW) | {"app"} if room == "app" else reachable(room)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        match = INCLUDE.match(line)
        if not match:
            continue
        header = match.group(1)
        target = room_of_include(header)
        if target is not None and target not in allowed:
            found.append(f"{shown}:{number}: {room} may not know {target} ({header})")
        if header in ONLY_IN and room not in ONLY_IN[header].split():
            found.append(f"{shown}:{number}: {header} belongs to {ONLY_IN[header]} only, not to {room}")
    return found


def rooms_of_tree(source: pathlib.Path) -> list[tuple[str, pathlib.Path]]:
    """Returns (room, folder) for each room below src/, the app among them."""
    rooms = [(folder.name, folder) for folder in sorted((source / "pluginlake").iterdir()) if folder.is_dir()]
    return [*rooms, ("app", source / "app")]


def breaches_of_tree(source: pathlib.Path) -> list[str]:
    """Returns the breaches of all rooms; a folder the table does not name is one too."""
    found = []
    for room, folder in rooms_of_tree(source):
        if room != "app" and room not in MAY_KNOW:
            found.append(f"{folder.relative_to(source.parent)}: no such room in the table of {sys.argv[0]}")
            continue
        for path in sorted([*folder.rglob("*.h"), *folder.rglob("*.cpp")]):
            found += breaches_of_file(path, room, str(path.relative_to(source.parent)))
    return found


def main() -> int:
    """Checks the tree that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent / "src")
    found = breaches_of_tree(parser.parse_args().source)
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
