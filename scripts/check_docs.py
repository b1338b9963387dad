#!/usr/bin/env python3
"""Checks that the documents are true to the tree: links, the folder table, the walk, decisions, generated pages."""

import argparse
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
NAMES = re.compile(r"`([A-Za-z_:]+)`(?: \(`([a-z_]+\.(?:h|cpp))`\))?")
DECISION_HEADINGS = ["## Context", "## Decision", "## Alternatives considered", "## Consequences"]
ARCHITECTURE_LINES_MAX = 300


def known_files() -> list[str]:
    """Returns the files git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return listed.stdout.splitlines()


def broken_links(files: list[str]) -> list[str]:
    """Returns the relative links of all documents that lead nowhere."""
    found = []
    for name in files:
        path = ROOT / name
        if path.suffix != ".md" or not path.exists():
            continue
        for target in LINK.findall(path.read_text(encoding="utf-8")):
            if "://" not in target and not (path.parent / target).exists():
                found.append(f"{name}: nothing is at {target}")
    return found


def rows_between(text: str, begin: str, end: str) -> list[list[str]]:
    """Returns the cells of the table rows between two marks."""
    part = text.split(begin, 1)[1].split(end, 1)[0]
    rows = [line.strip().strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[c.strip() for c in row] for row in rows[2:]]


def folders_of_tree(files: list[str]) -> set[str]:
    """Returns the folders that ARCHITECTURE.md must name: rooms, kinds of tests, and the others at the top."""
    folders = set()
    for name in files:
        parts = pathlib.PurePath(name).parts
        if len(parts) < 2 or parts[0].startswith(".") or not (ROOT / name).exists():
            continue
        depth = 3 if parts[:2] == ("src", "pluginlake") else 2 if parts[0] in ("src", "tests") else 1
        if len(parts) > depth:
            folders.add("/".join(parts[:depth]))
    return folders


def stale_folders(files: list[str], architecture: str) -> list[str]:
    """Returns the differences between the folder table and the tree."""
    named = {row[0].strip("`") for row in rows_between(architecture, "<!-- folders:", "<!-- end of folders -->")}
    missing = [f"ARCHITECTURE.md: the folder table lacks {f}" for f in sorted(folders_of_tree(files) - named)]
    return missing + [f"ARCHITECTURE.md: there is no {f}" for f in sorted(named) if not (ROOT / f).is_dir()]


def lost_stops(architecture: str) -> list[str]:
    """Returns the stops of the walk whose function is no longer in the file or folder it names."""
    found = []
    for number, folder, where, _ in rows_between(architecture, "## One Patient's walk", "To see it:"):
        place = ROOT / folder.strip("`")
        for name, file in NAMES.findall(where):
            candidates = list(place.rglob(file)) if file else [*place.rglob("*.cpp"), *place.rglob("*.h")]
            word = re.compile(rf"\b{re.escape(name.rsplit('::', 1)[-1])}\b")
            if not any(word.search(c.read_text(encoding="utf-8")) for c in candidates):
                found.append(f"ARCHITECTURE.md, stop {number}: no {name} in {folder} {file}")
    return found


def incomplete_decisions() -> list[str]:
    """Returns decisions that lack a part, or that the index does not name."""
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    found = []
    for path in sorted(folder.glob("adr-*.md")):
        lines = path.read_text(encoding="utf-8").splitlines()
        parts = [*DECISION_HEADINGS]
        found += [f"{path.name}: no {part}" for part in parts if part not in lines]
        found += [f"{path.name}: no {k}" for k in ("Status:", "Date:") if not any(li.startswith(k) for li in lines)]
        if path.name not in index:
            found.append(f"docs/decisions/README.md does not name {path.name}")
    return found


def main() -> int:
    """Prints all that is wrong; exit 1 if anything is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    files = known_files()
    architecture = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    found = broken_links(files) + stale_folders(files, architecture) + lost_stops(architecture) + incomplete_decisions()
    if architecture.count("\n") > ARCHITECTURE_LINES_MAX:
        found.append(f"ARCHITECTURE.md has more than {ARCHITECTURE_LINES_MAX} lines")
    for complaint in found:
        print(complaint)
    generated = [
        sys.executable,
        "scripts/generate_reference.py",
        "--binary",
        str(arguments.binary.resolve()),
        "--check",
    ]
    return 1 if found or subprocess.run(generated, cwd=ROOT, check=False).returncode else 0


if __name__ == "__main__":
    sys.exit(main())
