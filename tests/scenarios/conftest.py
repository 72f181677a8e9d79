"""A search to live through."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenarios.search import JobSearch


@pytest.fixture
def search(tmp_path: Path) -> Iterator[JobSearch]:
    """A search with nothing in it yet, on the afternoon of Tuesday 10 November 2026."""
    begun = JobSearch(tmp_path / "search")
    yield begun
    begun.desk.keeper.close()
