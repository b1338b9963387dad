"""Options and fixtures of the integration tests: the binary, the catalogs, a station, the shared data."""

import os
import pathlib
from collections.abc import Callable, Iterator

import pytest
from postgres import PostgresServer
from station import Program, Station, make_station

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
CATALOGS = ("sqlite", "postgres")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs each test that asks for `catalog_kind` once a catalog."""
    if "catalog_kind" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("--catalog")
        metafunc.parametrize("catalog_kind", [wanted] if wanted else CATALOGS)


@pytest.fixture(scope="session")
def binary(pytestconfig: pytest.Config) -> pathlib.Path:
    """The program under test."""
    path = pathlib.Path(str(pytestconfig.getoption("--binary"))).resolve()
    if not path.exists():
        pytest.fail(f"there is no binary in {path}: make build")
    return path


@pytest.fixture(scope="session")
def shared() -> pathlib.Path:
    """The folder of larger test data beside the repository."""
    folder = pathlib.Path(os.environ.get("PLUGINLAKE_SHARED") or REPOSITORY.parent / "shared")
    if not (folder / "data").is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("../shared is missing, and CI=true demands it")
        pytest.skip("no ../shared")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server, started by the first test that needs it."""
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture
def new_catalog(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """Returns what `init --catalog` takes for a fresh catalog of the kind."""

    def make(kind: str) -> str:
        if kind == "sqlite":
            return "sqlite"
        server: PostgresServer = request.getfixturevalue("postgres")
        return server.new_database()

    return make


@pytest.fixture
def pluginlake(binary: pathlib.Path, tmp_path: pathlib.Path) -> Program:
    """The program in an empty working directory, without a station."""
    return Program(binary, tmp_path)


@pytest.fixture
def station(
    pluginlake: Program, catalog_kind: str, new_catalog: Callable[[str], str], tmp_path: pathlib.Path
) -> Station:
    """A fresh station on the catalog that the test runs for."""
    return make_station(pluginlake, new_catalog(catalog_kind), tmp_path / "station")
