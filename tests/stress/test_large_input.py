"""Large inputs: a 2 GB NDJSON, a 2 GB Bundle, lines of 32 and 100 MB, each below 1 GB of memory."""

import json
import os
import pathlib
import subprocess
from typing import Any

import pytest

PEAK_KB_MAX = 1_000_000
GIGABYTE = 1_000_000_000


@pytest.fixture
def station(tmp_path: pathlib.Path, pytestconfig: pytest.Config) -> tuple[pathlib.Path, pathlib.Path]:
    """The binary and a fresh station."""
    binary = pathlib.Path(str(pytestconfig.getoption("--binary"))).resolve()
    folder = tmp_path / "station"
    subprocess.run([binary, "init", folder, "--json"], check=True, capture_output=True)
    return binary, folder


def ingest(station: tuple[pathlib.Path, pathlib.Path], path: pathlib.Path) -> tuple[dict[str, Any], int]:
    """Ingests the file; returns the counts and the peak memory in KB."""
    binary, folder = station
    command = [str(binary), "ingest", str(path), "--station", str(folder), "--json", "-q"]
    with (path.parent / "answer.json").open("w+b") as output:
        process = subprocess.Popen(command, stdout=output, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        output.seek(0)
        answer = json.load(output)
    assert os.waitstatus_to_exitcode(status) in (0, 8)
    return answer, usage.ru_maxrss


def observation(number: int) -> str:
    """Returns a resource of about 2 KB."""
    filler = f"{number:08d}" * 220
    return (
        f'{{"resourceType":"Observation","id":"o{number}","status":"final","subject":{{"reference":"Patient/p{number % 999}"}},'
        f'"valueString":"{filler}"}}'
    )


def test_an_ndjson_of_two_gigabytes(station: tuple[pathlib.Path, pathlib.Path], tmp_path: pathlib.Path) -> None:
    """Streams, whatever the file's size."""
    path = tmp_path / "large.ndjson"
    count = 0
    with path.open("w") as out:
        while out.tell() < 2 * GIGABYTE:
            out.write("\n".join(observation(count + n) for n in range(1000)) + "\n")
            count += 1000
    answer, peak_kb = ingest(station, path)
    assert (answer["received"], answer["stored"]) == (count, count)
    assert peak_kb < PEAK_KB_MAX


def test_a_bundle_of_two_gigabytes(station: tuple[pathlib.Path, pathlib.Path], tmp_path: pathlib.Path) -> None:
    """Is cut into its entries while it is read."""
    path = tmp_path / "large.json"
    count = 0
    with path.open("w") as out:
        out.write('{"resourceType":"Bundle","type":"collection","entry":[')
        while out.tell() < 2 * GIGABYTE:
            out.write("" if count == 0 else ",\n")
            out.write(",\n".join(f'{{"resource":{observation(count + n)}}}' for n in range(1000)))
            count += 1000
        out.write("]}")
    answer, peak_kb = ingest(station, path)
    assert (answer["received"], answer["stored"]) == (count, count)
    assert peak_kb < PEAK_KB_MAX


@pytest.mark.parametrize(("megabytes", "stored", "reason"), [(32, 1, None), (100, 0, "too_large")])
def test_a_long_line(
    station: tuple[pathlib.Path, pathlib.Path],
    tmp_path: pathlib.Path,
    megabytes: int,
    stored: int,
    reason: str | None,
) -> None:
    """A long line is taken in, or refused by a limit with its name."""
    path = tmp_path / "line.ndjson"
    path.write_text('{"resourceType":"Binary","id":"b","data":"' + "A" * (megabytes * 1_000_000) + '"}\n')
    answer, peak_kb = ingest(station, path)
    assert (answer["received"], answer["stored"]) == (1, stored)
    assert peak_kb < PEAK_KB_MAX
    if reason is not None:
        problem = answer["problems"][0]
        assert problem["reason_code"] == reason
        assert "sources.resource_mb_max" in problem["message"]
