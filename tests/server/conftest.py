"""A server for the tests that only ask, and one of its own for those that change something."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.serving import Running, serving

FEED = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Afterword//tests//EN\r\nEND:VCALENDAR\r\n"


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server that serves FEED, shared: what one test sends must not change what another gets.

    Whatever they sent, in the end it has nothing to complain of.
    """
    path = tmp_path_factory.mktemp("served") / "feed.ics"
    path.write_bytes(FEED)
    with serving("0", path) as running:
        yield running
        assert running.end() == (0, "", "")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with FEED, for a test alone."""
    path = tmp_path / "feed.ics"
    path.write_bytes(FEED)
    return path
