"""A POSIX TZ string, as RFC 9636 has it, becomes changes and rules."""

import struct
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule, tz

from icsgen.feed.posix_rule import Rule, YearDay
from icsgen.feed.timezone import vtimezone
from icsgen.zones import Zone, zone, zone_keys


@pytest.mark.parametrize("footer", ["", "IST-5:30", "<+01>-1", "EST5EDT", "nonsense,M1.1.1"])
def test_what_changes_nothing_is_no_rule(footer: str) -> None:
    assert Rule.parse(footer) is None


def test_a_summer_without_end_is_no_rule() -> None:
    # The spelling that RFC 9636 section 3.3.2 gives for it.
    assert Rule.parse("XXX3EDT4,0/0,J365/23") is None


@pytest.mark.parametrize("key", sorted(zone_keys()))
def test_each_zones_rule_gives_the_changes_that_its_clocks_make(key: str) -> None:
    where = zone(key)
    rule = Rule.parse(where.footer)
    last = where.changes[-1].at if where.changes else datetime(1970, 1, 1, tzinfo=UTC)
    if rule is None:
        year = max(last.year + 1, 2026)
        offsets = {datetime(year, m, 9, tzinfo=where).utcoffset() for m in range(1, 13)}
        assert len(offsets) == 1
        return
    for onset in rule.onsets(last.year + 1, last.year + 30):
        second = timedelta(seconds=1)
        assert (onset.at - second).astimezone(where).utcoffset() == onset.before
        assert onset.at.astimezone(where).utcoffset() == onset.after
        assert onset.at.astimezone(where).tzname() == onset.name


@pytest.mark.parametrize(
    ("day", "hours", "rules"),
    [
        ("M3.2.0", None, ["FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"]),
        ("M10.5.0", "3", ["FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"]),
        ("M3.5.0", "-1", ["FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=24,25,26,27,28,29,30;BYDAY=SA"]),
        ("M3.4.4", "50", ["FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=24,25,26,27,28,29,30;BYDAY=SA"]),
        ("M9.1.6", "24", ["FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=SU"]),
        (
            "M12.5.6",
            "30",
            [
                "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=26,27,28,29,30,31;BYDAY=SU",
                "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1;BYDAY=SU",
            ],
        ),
        ("J60", "2", ["FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1"]),
        ("J300", "-25", ["FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=25"]),
        ("59", "0", ["FREQ=YEARLY;BYYEARDAY=60"]),
    ],
)
def test_a_yearly_day_is_said_by_rrules_that_fall_where_it_falls(
    day: str, hours: str | None, rules: list[str]
) -> None:
    yearly = YearDay.parse(day, hours)
    recurrences = yearly.recurrences()
    assert [each.rrule for each in recurrences] == rules
    meant = {yearly.local(year) for year in range(2019, 2061)}
    told: set[datetime] = set()
    for each in recurrences:
        starts = min(d for d in meant if each.month in {None, d.month})
        told |= set(
            rrule.rrulestr(each.rrule, dtstart=starts).between(starts, max(meant), inc=True)
        )
    assert told == meant


@pytest.mark.parametrize(
    ("day", "hours"), [("J59", "24"), ("M2.5.0", "24"), ("J60", "-1"), ("365", "0")]
)
def test_a_day_that_leap_years_move_has_no_rrule(day: str, hours: str) -> None:
    assert YearDay.parse(day, hours).recurrences() == ()


class Made(ZoneInfo):
    """A zone that no place has, of a rule that no RRULE can say."""

    changes = ()
    footer = "AAA3BBB,M2.5.0/24,J300/2"


def made() -> Zone:
    """The zone out of the smallest file there can be (RFC 9636 section 3)."""
    block = struct.pack(
        ">4s c 15x 6L lBB 4s", b"TZif", b"2", 0, 0, 0, 0, 1, 4, -10800, 0, 0, b"AAA"
    )
    octets = block * 2 + b"\n" + Made.footer.encode() + b"\n"
    return cast("Zone", Made.from_file(BytesIO(octets), "X-Made/Up"))


def test_a_zone_whose_rule_no_rrule_can_say_has_its_changes_as_dates() -> None:
    where = made()
    component = vtimezone(where, date(2026, 1, 10), date(2029, 6, 1)).decode()
    assert "RRULE" not in component
    theirs = tz.tzical(StringIO(component)).get("X-Made/Up")
    for day in range(1_600):
        local = datetime.combine(date(2026, 1, 10), time(12)) + timedelta(days=day)
        expected = local.replace(tzinfo=where).utcoffset()
        assert local.replace(tzinfo=theirs).utcoffset() == expected, local
