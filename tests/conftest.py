"""Options that all Python tests share."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds --binary and --catalog."""
    parser.addoption("--binary", default="build/release/bin/pluginlake", help="the program under test")
    parser.addoption("--catalog", choices=["sqlite", "postgres"], help="only this catalog")
