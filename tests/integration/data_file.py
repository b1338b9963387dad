"""Reads a .test file into its head and blocks; README.md beside this file says what may stand in one."""

import dataclasses
import pathlib
import re

HEAD = re.compile(r"^# (What|Why|Station|Catalog): (.+)$")
HEREDOC = re.compile(r"^(file|append) (\S+)( base64)? <<END$")


@dataclasses.dataclass
class Block:
    """One block: its directive's words, the lines below, and the lines below `----`."""

    line: int
    directive: str
    body: list[str] = dataclasses.field(default_factory=list)
    expected: list[str] | None = None


@dataclasses.dataclass
class DataFile:
    """A .test file: what its head says, and its blocks in order."""

    path: pathlib.Path
    head: dict[str, str] = dataclasses.field(default_factory=dict)
    blocks: list[Block] = dataclasses.field(default_factory=list)


def read_data_file(path: pathlib.Path) -> DataFile:
    """Returns the file's head and blocks; fails on a file without `# What:` and `# Why:`."""
    parsed = DataFile(path)
    block: Block | None = None
    in_heredoc = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if in_heredoc and block is not None:
            in_heredoc = line != "END"
            if in_heredoc:
                block.body.append(line)
        elif not line.strip():
            block = None
        elif block is None and line.startswith("#"):
            match = HEAD.match(line)
            if match:
                parsed.head[match.group(1)] = match.group(2)
        elif block is None or HEREDOC.match(line):
            block = Block(number, line)
            parsed.blocks.append(block)
            in_heredoc = HEREDOC.match(line) is not None
        elif line == "----":
            block.expected = []
        else:
            (block.body if block.expected is None else block.expected).append(line)
    assert {"What", "Why"} <= parsed.head.keys(), f"{path}: the head needs # What: and # Why:"
    assert parsed.blocks, f"{path}: nothing is tested"
    return parsed
