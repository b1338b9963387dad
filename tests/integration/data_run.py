"""Runs the blocks of a .test file against the binary and compares what comes with what must."""

import base64
import dataclasses
import json
import pathlib
import re
import shlex
from typing import Any

from data_file import HEREDOC, Block
from station import Answer, Program

RUN_LINE = re.compile(r"^(exit|stdout|stderr|no stdout|no stderr) (.+)$")


def mismatch(expected: Any, actual: Any, where: str = "$") -> str | None:
    """Returns where `actual` lacks what `expected` asks for, None if it has all of it."""
    if isinstance(expected, dict):
        if not isinstance(actual, dict):
            return f"{where}: an object was expected, not {actual!r}"
        for key, value in expected.items():
            if key not in actual:
                return f"{where}.{key} is missing"
            found = mismatch(value, actual[key], f"{where}.{key}")
            if found:
                return found
        return None
    if isinstance(expected, list):
        if not isinstance(actual, list) or len(actual) != len(expected):
            return f"{where}: {len(expected)} items were expected: {actual!r}"
        pairs = enumerate(zip(expected, actual, strict=True))
        return next((found for i, (e, a) in pairs if (found := mismatch(e, a, f"{where}[{i}]"))), None)
    if expected == "*":
        return None if actual is not None else f"{where} is null"
    if isinstance(expected, str) and len(expected) > 2 and expected[0] == expected[-1] == "/":
        return None if re.search(expected[1:-1], str(actual)) else f"{where}: {actual!r} does not match {expected}"
    return None if expected == actual else f"{where}: {expected!r} was expected, not {actual!r}"


def shown(value: Any) -> str:
    """Returns a value of a row as a .test file writes it."""
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


@dataclasses.dataclass
class Runner:
    """Carries the working directory, names and variables from block to block."""

    program: Program
    names: dict[str, str]

    def expand(self, text: str) -> str:
        """Replaces $NAME by what it stands for in this run."""
        for name, value in self.names.items():
            text = text.replace(f"${name}", value)
        return text

    def run_block(self, block: Block) -> None:
        """Runs one block; raises AssertionError with what differed."""
        word, _, rest = block.directive.partition(" ")
        if HEREDOC.match(block.directive):
            self.write_file(block)
        elif word == "env":
            name, _, value = self.expand(rest).partition("=")
            self.program.environment[name] = value
        elif word == "run":
            self.run_verb(block, rest)
        elif word == "query":
            self.run_query(block, in_any_order=rest == "rowsort")
        elif word == "statement" and rest.startswith("error"):
            self.run_refused(block, rest.removeprefix("error").strip())
        else:
            raise AssertionError(f"no such directive: {block.directive}")

    def write_file(self, block: Block) -> None:
        """Writes or appends what stands between <<END and END."""
        match = HEREDOC.match(block.directive)
        assert match
        path = self.program.folder / match.group(2)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(f"{line}\n" for line in block.body)
        content = base64.b64decode(text) if match.group(3) else text.encode()
        with path.open("ab" if match.group(1) == "append" else "wb") as out:
            out.write(content)

    def run_verb(self, block: Block, command: str) -> None:
        """Runs a verb and checks exit code, texts, and JSON."""
        answer = self.program.run(*shlex.split(self.expand(command)))
        expected_exit = 0
        checks: list[tuple[str, str]] = []
        for line in block.body:
            match = RUN_LINE.match(line)
            assert match, f"line {block.line}: not understood: {line}"
            if match.group(1) == "exit":
                expected_exit = int(match.group(2))
            else:
                checks.append((match.group(1), self.expand(match.group(2))))
        answer.must_exit(expected_exit)
        for kind, text in checks:
            self.check_text(answer, kind, text)
        if block.expected is not None:
            wanted = json.loads(self.expand("\n".join(block.expected)))
            found = mismatch(wanted, answer.json)
            assert found is None, answer.explain(str(found))

    @staticmethod
    def check_text(answer: Answer, kind: str, text: str) -> None:
        """Checks that a text is, or is not, in one of the two streams."""
        stream = answer.stdout if kind.endswith("stdout") else answer.stderr
        is_there = text in stream
        assert is_there != kind.startswith("no "), answer.explain(f"{kind} {text!r} does not hold")

    def run_query(self, block: Block, in_any_order: bool) -> None:
        """Runs SQL and compares the rows."""
        sql = self.expand("\n".join(block.body))
        answer = self.program.run("query", sql, "--format", "ndjson").must_exit(0)
        rows = ["|".join(shown(v) for v in json.loads(line).values()) for line in answer.stdout.splitlines()]
        expected = block.expected or []
        if in_any_order:
            rows, expected = sorted(rows), sorted(expected)
        assert rows == expected, f"line {block.line}: {sql}"

    def run_refused(self, block: Block, text: str) -> None:
        """Runs SQL that must be refused."""
        answer = self.program.run("query", self.expand("\n".join(block.body)))
        assert answer.exit_code != 0, answer.explain("a refusal was expected")
        assert text in answer.stderr, answer.explain(f"stderr was expected to hold {text!r}")


def run_blocks(blocks: list[Block], runner: Runner, path: pathlib.Path) -> None:
    """Runs all blocks; a failure names the file and the block's line."""
    for block in blocks:
        try:
            runner.run_block(block)
        except (AssertionError, json.JSONDecodeError) as wrong:
            raise AssertionError(f"{path}:{block.line}: {block.directive}\n{wrong}") from wrong
