"""A command to run, and a file to run it on."""

from pathlib import Path

import pytest

from tests.cli.command import Afterword, interview, written


@pytest.fixture(scope="session")
def afterword(tmp_path_factory: pytest.TempPathFactory) -> Afterword:
    """The command; one data folder for all, so that tables of days are made once."""
    return Afterword(tmp_path_factory.mktemp("data"))


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """A file of one interview."""
    return written(tmp_path / "acme.json", interview())
