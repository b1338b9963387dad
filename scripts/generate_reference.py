#!/usr/bin/env python3
"""Writes the pages of docs/reference that follow from the code: settings, error codes, tables. --check compares only."""

import argparse
import dataclasses
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
NOTE = "<!-- Written by scripts/generate_reference.py (`make docs`); do not edit. -->\n"

SETTING = re.compile(
    r"^(?P<key>[a-z_]+\.[a-z_]+) \((?P<kind>[^)]*)\)\n {2}(?P<what>.*)\n"
    r" {2}default: (?P<default>.*?) {3}environment: (?P<variable>.*)$",
    re.MULTILINE,
)
ERROR = re.compile(r'ErrorKind::k(?P<kind>\w+),\s*"(?P<code>PL-\d{4})",(?=(?P<rest>.{0,600}))', re.DOTALL)
CODE = re.compile(r'"(PL-\d{4})"')
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')
EXIT_OF_KIND = {
    "InvalidInput": 2,
    "NotFound": 3,
    "Denied": 4,
    "Conflict": 6,
    "Unavailable": 7,
    "Exhausted": 1,
    "Internal": 1,
}
ROOMS = {"00": "core", "01": "settings", "02": "command line", "03": "duck", "04": "catalog", "05": "state"}
ROOMS |= {"06": "owner and network", "07": "fhir", "08": "sources", "09": "demo, other parts of the app", "10": "omop"}
ROOMS |= {"11": "assets", "12": "orchestration"}


@dataclasses.dataclass
class Failure:
    """What the sources say of one error code."""

    kinds: set[str] = dataclasses.field(default_factory=set)
    texts: list[str] = dataclasses.field(default_factory=list)


def cell(text: str) -> str:
    """Returns text that may stand in a cell of a table."""
    return text.replace("|", "\\|").strip()


def settings_page(binary: pathlib.Path) -> str:
    """Returns the page of settings, from what `help settings` says."""
    done = subprocess.run([str(binary), "help", "settings"], capture_output=True, text=True, check=True)
    lines = [
        "# Settings",
        "",
        "`--set KEY=VALUE` > environment > `.env` > `pluginlake.toml` > default. A setting `section.name` stands as `name` under",
        "`[section]` in `pluginlake.toml`. Unknown keys are errors with the nearest name; `pluginlake config show --origin` says what holds and why.",
        "",
        "| setting | type, allowed | default | what | environment |",
        "|---|---|---|---|---|",
    ]
    for match in SETTING.finditer(done.stdout):
        key, kind, what, default, variable = (
            cell(match.group(n)) for n in ("key", "kind", "what", "default", "variable")
        )
        lines.append(f"| `{key}` | {kind} | `{default}` | {what} | `{variable}` |")
    if len(lines) < 10:
        raise SystemExit("`pluginlake help settings` no longer looks as scripts/generate_reference.py expects")
    return NOTE + "\n".join(lines) + "\n"


def errors_page() -> str:
    """Returns the page of error codes, from where the sources throw them."""
    failures: dict[str, Failure] = {}
    for path in sorted((ROOT / "src").rglob("*.cpp")):
        text = path.read_text(encoding="utf-8")
        for code in CODE.findall(text):
            failures.setdefault(code, Failure())
        for match in ERROR.finditer(text):
            failure = failures[match.group("code")]
            failure.kinds.add(match.group("kind"))
            literal = LITERAL.search(match.group("rest"))
            said = literal.group(1).split("\\n")[0] if literal else ""
            said = re.sub(r"\{[^}]*\}", "…", said.replace('\\"', '"'))
            if said and said not in failure.texts:
                failure.texts.append(said)
    lines = [
        "# Error codes",
        "",
        "Stable: a code keeps its meaning, whatever its text becomes. `…` stands for a value.",
        "",
    ]
    for prefix, room in ROOMS.items():
        mine = {code: failure for code, failure in sorted(failures.items()) if code[3:5] == prefix}
        if not mine:
            continue
        lines += [f"## PL-{prefix}nn: {room}", "", "| code | exit | what it says |", "|---|---|---|"]
        for code, failure in mine.items():
            exits = ", ".join(str(e) for e in sorted({EXIT_OF_KIND[k] for k in failure.kinds})) or "-"
            lines.append(f"| {code} | {exits} | {cell(' / '.join(failure.texts)) or '-'} |")
        lines.append("")
    return NOTE + "\n".join(lines)


def tables_page() -> str:
    """Returns the page of the station's own tables, from the field tables of the schemas room."""
    lines = ["# Tables", "", "The tables every station has, beside those that its assets make."]
    for path in sorted((ROOT / "src" / "pluginlake" / "schemas" / "data").glob("*.csv")):
        last = ""
        for row in path.read_text(encoding="utf-8").splitlines()[1:]:
            table, column, kind, required, what = row.split(",", 4)
            if table != last:
                lines += ["", f"## {path.stem}.{table}", "", "| column | type | what |", "|---|---|---|"]
                last = table
            nullable = "" if required == "yes" else ", may be NULL"
            lines.append(f"| `{column}` | {kind}{nullable} | {cell(what.strip(chr(34)))} |")
    return NOTE + "\n".join(lines) + "\n"


def main() -> int:
    """Writes or compares the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    pages = {
        "settings.md": settings_page(arguments.binary.resolve()),
        "errors.md": errors_page(),
        "tables.md": tables_page(),
    }
    stale = 0
    for name, text in pages.items():
        path = REFERENCE / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        if arguments.check:
            print(f"docs/reference/{name} is stale: make docs")
            stale += 1
        else:
            path.write_text(text, encoding="utf-8")
            print(f"wrote docs/reference/{name}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
