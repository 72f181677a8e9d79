"""Zones come from the locked `tzdata` and from nowhere else."""

import copy
import os
import pickle
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import pytest

from icsgen.errors import UnknownPlace
from icsgen.zones import Change, Zone, tzdata_version, zone, zone_keys

NEW_YORK = zone("America/New_York")


def test_one_object_a_key_however_it_is_come_by() -> None:
    assert zone("America/New_York") is NEW_YORK
    assert Zone("America/New_York") is NEW_YORK
    assert copy.deepcopy(NEW_YORK) is pickle.loads(pickle.dumps(NEW_YORK)) is NEW_YORK  # noqa: S301
    assert NEW_YORK.key == str(NEW_YORK) == "America/New_York"


def test_old_names_are_names() -> None:
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC).replace(tzinfo=None)
    assert zone("US/Eastern").utcoffset(noon) == NEW_YORK.utcoffset(noon) == timedelta(hours=-4)


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("europe/berlin", "Europe/Berlin"),
        ("Europe/Berln", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("Berlin", "Europe/Berlin"),
        ("Mars/Olympus", "IANA"),
        ("", "IANA"),
        ("x" * 10_000, "IANA"),
        ("UTC+3", "Europe/Moscow, or Etc/GMT-3"),
        ("gmt -5", "Etc/GMT+5"),
        ("+05:30", "Europe/Moscow"),
        ("Factory", "IANA"),
    ],
)
def test_an_unknown_zone_is_refused_with_the_nearest(key: str, near: str) -> None:
    with pytest.raises(UnknownPlace) as refused:
        zone(key)
    assert near in refused.value.remedy
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    "key", ["../zones", "/etc/passwd", "..", ".", "Europe", "zone.tab", "a\0b"]
)
def test_nothing_but_a_zones_own_file_is_opened(key: str) -> None:
    with pytest.raises(UnknownPlace):
        zone(key)


def test_a_footer_is_the_rule_after_the_last_change() -> None:
    assert NEW_YORK.footer == "EST5EDT,M3.2.0,M11.1.0"
    assert zone("Asia/Kolkata").footer == "IST-5:30"


def test_changes_are_what_the_clocks_do() -> None:
    assert Change(datetime(2007, 3, 11, 7, tzinfo=UTC), timedelta(hours=-4), True, "EDT") in (
        NEW_YORK.changes
    )
    assert zone("UTC").changes == ()


@pytest.mark.parametrize("key", sorted(zone_keys()))
def test_every_change_listed_is_one_that_zoneinfo_makes(key: str) -> None:
    where = zone(key)
    for change in where.changes:
        there = change.at.astimezone(where)
        assert (there.utcoffset(), there.tzname()) == (change.offset, change.abbreviation)
        assert bool(there.dst()) <= change.is_dst
    assert list(where.changes) == sorted(where.changes, key=lambda change: change.at)


def test_the_systems_own_zones_are_never_asked(tmp_path: Path) -> None:
    wrong = tmp_path / "Europe"
    wrong.mkdir()
    kolkata = Path(__import__("tzdata").__path__[0]) / "zoneinfo" / "Asia" / "Kolkata"
    (wrong / "Berlin").write_bytes(kolkata.read_bytes())
    show = (
        "from icsgen.zones import zone; from datetime import datetime;"
        "from zoneinfo import ZoneInfo;"
        "noon = datetime(2026, 1, 1, 12);"
        "print(zone('Europe/Berlin').utcoffset(noon), ZoneInfo('Europe/Berlin').utcoffset(noon))"
    )
    said = subprocess.run(
        [sys.executable, "-c", show],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONTZPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert said.stdout.split() == ["1:00:00", "5:30:00"]


def test_the_release_in_use_is_the_installed_packages() -> None:
    year, letter = version("tzdata").split(".")
    assert tzdata_version() == f"{year}{chr(ord('a') + int(letter) - 1)}"
