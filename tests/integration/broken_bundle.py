"""Makes a broken bundle from the good one by the steps of a recipe (tests/data/vocab/broken.toml)."""

import pathlib
import shutil
import tomllib
import zipfile
from collections.abc import Callable
from typing import Any

DATA = pathlib.Path(__file__).resolve().parents[1] / "data" / "vocab"
GOOD = DATA / "good"


def recipes() -> list[dict[str, Any]]:
    """Returns all recipes."""
    cases: list[dict[str, Any]] = tomllib.loads((DATA / "broken.toml").read_text(encoding="utf-8"))["case"]
    return cases


def changed(path: pathlib.Path, change: Callable[[str], str]) -> None:
    """Rewrites a file's text; a step that changes nothing is a mistake in the recipe."""
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before, f"a step changes nothing in {path.name}"
    path.write_bytes(after.encode())


def without_column(text: str, column: int) -> str:
    """Returns the lines without one of their columns."""
    rows = [line.split("\t") for line in text.splitlines()]
    return "".join("\t".join(row[:column] + row[column + 1 :]) + "\n" for row in rows)


def quoted(text: str) -> str:
    """Returns the lines with every field in double quotes."""
    return "".join("\t".join(f'"{field}"' for field in line.split("\t")) + "\n" for line in text.splitlines())


def doubled(text: str) -> str:
    """Returns the rows twice below their head line."""
    head, _, rows = text.partition("\n")
    return f"{head}\n{rows}{rows}"


TEXT_STEPS: dict[str, Callable[..., str]] = {
    "replace": lambda text, old, new: text.replace(old, new),
    "swap": lambda text, old, new: text.replace(old, new),
    "append": lambda text, more: text + more,
    "cut": lambda text, count: text[:-count],
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "quote": quoted,
    "double": doubled,
    "drop_column": without_column,
    "keep_lines": lambda text, count: "".join(text.splitlines(keepends=True)[:count]),
    "drop_lines": lambda text, part: "".join(
        line
        for line in text.splitlines(keepends=True)
        if not (line.startswith(part) or part in line[line.find("\t") :])
    ),
}


def apply(folder: pathlib.Path, step: list[Any]) -> None:
    """Carries one step out."""
    name, file, *arguments = step
    path = folder / file
    if name == "remove":
        path.unlink()
    elif name == "copy":
        target = folder / arguments[0]
        target.parent.mkdir(exist_ok=True)
        shutil.copy(path, target)
    elif name == "encode":
        path.write_bytes(path.read_text(encoding="utf-8").encode(arguments[0]))
    elif name == "zip":
        with zipfile.ZipFile(path.with_suffix(".zip"), "w") as out:
            out.write(path, path.name)
        path.unlink()
    else:
        changed(path, lambda text: TEXT_STEPS[name](text, *arguments))


def make_broken(recipe: dict[str, Any], folder: pathlib.Path) -> pathlib.Path:
    """Returns the folder with the broken bundle."""
    shutil.copytree(GOOD, folder)
    for step in recipe["steps"]:
        apply(folder, step)
    return folder
