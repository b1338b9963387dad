"""What the tests of bad input and bad surroundings share: where the files are, how an ingest ends, how errors look."""

from pathlib import Path
from typing import Any

from station import Answer, Station

DATA = Path(__file__).parent.parent / "data" / "bad_input"
FILES = DATA / "files"


def read_answer(answer: Answer) -> tuple[int, dict[str, Any]]:
    """Returns the exit code and the JSON document of an ingest that came to its end."""
    assert answer.exit_code >= 0, answer.explain("an end of its own was expected")
    assert answer.stdout.strip(), answer.explain("a JSON document was expected")
    document: dict[str, Any] = answer.json
    return answer.exit_code, document


def ingest(station: Station, path: Path, *more: str) -> tuple[int, dict[str, Any]]:
    return read_answer(station.run("ingest", path, "--json", *more))


def error_of(answer: Answer) -> str:
    """Returns all that a failed verb said, and makes sure that it said it as errors are said."""
    assert answer.exit_code > 0, answer.explain("a failure was expected")
    assert "error[PL-" in answer.stderr, answer.explain("an error with a code was expected")
    assert "fix:" in answer.stderr, answer.explain("a way out was expected")
    assert "PL-0001" not in answer.stderr, answer.explain("an error of the user's, not of ours, was expected")
    return answer.stderr
