"""The fuzz targets under libFuzzer, with address and undefined-behaviour sanitizers, ten minutes each."""

import os
import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGETS = ("fhir_reader", "fhirpath", "view_definition")
COMPILER = "clang++-14"
INPUT_BYTES_MAX = 4000
INPUT_S_MAX = 20


@pytest.fixture(scope="session")
def programs() -> pathlib.Path:
    """The folder of the fuzz targets, built with clang."""
    if shutil.which(COMPILER) is None:
        pytest.fail(f"{COMPILER} is missing: scripts/bootstrap --stress")
    for command in (["cmake", "--preset", "fuzz"], ["cmake", "--build", "--preset", "fuzz"]):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return ROOT / "build" / "fuzz" / "bin"


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
def test_no_input_breaks_it(target: str, programs: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """What libFuzzer finds is printed with the input that does it; keep it in tests/fuzz/corpus when it is mended."""
    seconds = int(os.environ.get("PLUGINLAKE_FUZZ_SECONDS", "600"))
    found = tmp_path / "found"
    found.mkdir()
    command = [
        str(programs / f"fuzz_{target}"),
        f"-max_total_time={seconds}",
        f"-timeout={INPUT_S_MAX}",
        f"-max_len={INPUT_BYTES_MAX}",
        f"-artifact_prefix={tmp_path}/",
        str(found),
        str(ROOT / "tests" / "fuzz" / "corpus" / target),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 300)
    broken = [path.read_bytes() for path in tmp_path.iterdir() if path.is_file()]
    assert done.returncode == 0, f"inputs: {broken}\n{done.stderr[-4000:]}"
