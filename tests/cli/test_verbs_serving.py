"""`serve` follows what is kept, whoever writes it."""

import os
from pathlib import Path

import pytest

from tests.cli.command import Afterword, interview, written
from tests.cli.test_serving import served
from tests.server.serving import until

pytestmark = pytest.mark.skipif(os.name != "posix", reason="ends by a signal")


def test_the_feed_follows_what_another_process_writes(tmp_path: Path) -> None:
    mine = Afterword(tmp_path / "data")
    mine("import", written(tmp_path / "x.json", interview(start="2026-11-10T14:00")))
    with served(mine, "serve", "--port", "0", "--json") as running:
        first = running.ask("GET", running.path)[1]
        assert first.count(b"BEGIN:VEVENT") == 4
        assert first.count(b"SEQUENCE:0\r\n") == 4
        assert mine("sent", "acme", "thank_you", "--at", "2026-11-12 10:00").code == 0
        for _ in until():
            body = running.ask("GET", running.path)[1]
            if body.count("SUMMARY:✓ ".encode()) == 1:
                break
        assert body.count(b"SEQUENCE:1\r\n") == 1
        mine("wipe", "--yes")
        for _ in until():
            if running.ask("GET", running.path)[1].count(b"BEGIN:VEVENT") == 0:
                break


def test_a_search_with_nothing_in_it_is_served_too(tmp_path: Path) -> None:
    mine = Afterword(tmp_path / "data")
    with served(mine, "serve", "--port", "0", "--json") as running:
        assert running.ask("GET", running.path)[1].count(b"BEGIN:VEVENT") == 0
        mine("import", written(tmp_path / "x.json", interview()))
        for _ in until():
            if running.ask("GET", running.path)[1].count(b"BEGIN:VEVENT") == 4:
                break
