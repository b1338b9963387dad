"""The .test runner finds what differs: a runner that passes everything would hide every fault."""

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))

from data_file import read_data_file
from data_run import mismatch


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": "*"}, {"a": 0}),
        ({"a": "/^x+$/"}, {"a": "xx"}),
        ([{"line": 1}, {}], [{"line": 1, "more": 2}, {"x": 1}]),
        ({"a": None}, {"a": None}),
    ],
)
def test_a_part_matches(expected: object, actual: object) -> None:
    """What is asked for is there."""
    assert mismatch(expected, actual) is None


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ({"a": 1}, {"a": 2}),
        ({"a": 1}, {}),
        ({"a": "*"}, {"a": None}),
        ({"a": "/^x$/"}, {"a": "xx"}),
        ([{}], []),
        ([], [{}]),
        ({"a": {"b": 1}}, {"a": [1]}),
    ],
)
def test_a_difference_is_found(expected: object, actual: object) -> None:
    """What is asked for is missing or other."""
    assert mismatch(expected, actual) is not None


def test_a_file_must_say_what_and_why(tmp_path: pathlib.Path) -> None:
    """A test without its reason is refused."""
    path = tmp_path / "x.test"
    path.write_text("# What: something\n\nrun version\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="Why"):
        read_data_file(path)


def test_blocks_are_cut_at_blank_lines_but_not_within_files(tmp_path: pathlib.Path) -> None:
    """A file block keeps its blank lines."""
    path = tmp_path / "x.test"
    path.write_text("# What: a\n# Why: b\n\nfile x <<END\n1\n\n2\nEND\n\nquery\nSELECT 1\n----\n1\n", encoding="utf-8")
    file_block, query = read_data_file(path).blocks
    assert file_block.body == ["1", "", "2"]
    assert (query.body, query.expected) == (["SELECT 1"], ["1"])
