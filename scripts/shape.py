#!/usr/bin/env python3
"""Checks what no other linter does: the length of files, their first line, and names that say nothing."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINES_MAX = 800
EMPTY_NAMES = re.compile(r"(^|_)(utils?|helpers?|common|misc|manager)(_|\.|$)")
COMMENT: dict[str, str | tuple[str, ...]] = {
    ".h": "// ",
    ".cpp": "// ",
    ".sql": "-- ",
    ".cmake": "# ",
    ".sh": "#!",
    ".py": ('"""', "#!"),
    ".toml": "# ",
}


def complaints_about(name: str) -> list[str]:
    """Returns what is wrong with one file."""
    path = ROOT / name
    found = []
    lines = path.read_text(encoding="utf-8").splitlines()
    prefix = COMMENT.get(path.suffix)
    if prefix and not (lines and lines[0].startswith(prefix)):
        found.append(f"{name}:1: line 1 must say in one sentence what the file is for")
    if len(lines) > LINES_MAX:
        found.append(f"{name}: {len(lines)} lines, never above {LINES_MAX}")
    if EMPTY_NAMES.search(path.name):
        found.append(f"{name}: the name says nothing; find the idea's own name")
    if path.suffix == ".h" and "#pragma once" not in lines:
        found.append(f"{name}: no #pragma once")
    return found


def main() -> int:
    """Checks the files git knows or would add below src/, tests/, scripts/ and cmake/."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "src", "tests", "scripts", "cmake"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    names = [n for n in listed if pathlib.PurePath(n).suffix in COMMENT and (ROOT / n).exists()]
    found = [complaint for name in names for complaint in complaints_about(name)]
    for complaint in found:
        print(complaint)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
