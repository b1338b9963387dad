"""The bootstrap does nothing when all is there, takes an SDK by name, and says what is missing with exit 7."""

import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def bootstrap(**more: str) -> subprocess.CompletedProcess[str]:
    """Runs scripts/bootstrap with some variables set."""
    command = ["bash", str(ROOT / "scripts" / "bootstrap")]
    environment = {**os.environ, **more}
    return subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def test_a_ready_clone_is_left_alone() -> None:
    """No package manager is called and nothing is said."""
    done = bootstrap()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_folder_without_an_sdk_is_refused(tmp_path: pathlib.Path) -> None:
    """PLUGINLAKE_DUCKDB_SDK must hold include/duckdb.h."""
    done = bootstrap(PLUGINLAKE_DUCKDB_SDK=str(tmp_path))
    assert done.returncode == 7
    assert "duckdb.h" in done.stderr


def test_missing_packages_are_listed(tmp_path: pathlib.Path) -> None:
    """Without root and sudo: the list, and exit 7; dpkg-query, id and sudo are stand-ins here."""
    (tmp_path / "dpkg-query").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (tmp_path / "id").write_text("#!/bin/sh\necho 1000\n", encoding="utf-8")
    (tmp_path / "sudo").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    for program in tmp_path.iterdir():
        program.chmod(0o755)
    done = bootstrap(PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert done.returncode == 7
    assert "libsimdjson-dev" in done.stderr
    assert "apt-get install" in done.stderr
