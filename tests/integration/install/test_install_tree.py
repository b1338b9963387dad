"""What `cmake --install` lays down runs from anywhere, with an empty environment, on what a bare Debian 12 has."""

import pathlib
import re
import subprocess

import pytest

BARE = re.compile(r"(linux-vdso|ld-linux-x86-64|libc|libm|libdl|librt|libpthread|libresolv|libstdc\+\+|libgcc_s)\.so")


@pytest.fixture(scope="module")
def tree(binary: pathlib.Path, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The installed tree, from the build the binary under test is of."""
    build = binary.parents[1]
    if not (build / "cmake_install.cmake").exists():
        pytest.skip("the binary under test is not in a build tree")
    folder = tmp_path_factory.mktemp("tree") / "opt" / "pluginlake"
    command = ["cmake", "--install", str(build), "--prefix", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def run_bare(command: list[str], folder: pathlib.Path) -> subprocess.CompletedProcess[str]:
    """Runs a command with no environment at all."""
    return subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True, check=False)


def test_runs_with_an_empty_environment(tree: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """Extensions are found beside the binary: a station is made and read from another folder."""
    program = str(tree / "bin" / "pluginlake")
    (tmp_path / "in.ndjson").write_text('{"resourceType":"Patient","id":"a"}\n', encoding="utf-8")
    for arguments in (["version"], ["init", "s"], ["ingest", "in.ndjson", "--station", "s"]):
        done = run_bare([program, *arguments], tmp_path)
        assert done.returncode == 0, f"{arguments}: {done.stderr}"
    done = run_bare([program, "query", "SELECT count(*) AS n FROM raw.fhir_resource", "--station", "s"], tmp_path)
    assert "1" in done.stdout, done.stderr


def test_stands_on_a_bare_debian(tree: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """All libraries but glibc's, libstdc++ and libgcc come from the tree; none is missing."""
    binaries = [tree / "bin" / "pluginlake", *(tree / "lib" / "pluginlake" / "extensions").iterdir()]
    for path in binaries:
        lines = run_bare(["/usr/bin/ldd", str(path)], tmp_path).stdout.splitlines()
        strangers = [line.strip() for line in lines if not BARE.search(line) and str(tree) not in line]
        assert not strangers, f"{path.name} needs {strangers}"


def test_extensions_are_the_pinned_ones(tree: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """doctor finds nothing wrong with the installed extensions."""
    done = run_bare([str(tree / "bin" / "pluginlake"), "doctor", "--json"], tmp_path)
    assert done.returncode in (0, 5), done.stderr
    assert "ducklake" in done.stdout
