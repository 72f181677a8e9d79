"""A VTIMEZONE makes every parser compute the zone's own local times, by rules where it can."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from io import StringIO

import icalendar
import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from icsgen.feed import feed
from icsgen.feed.timezone import vtimezone
from icsgen.zones import Zone, zone, zone_keys
from tests.feed.plans import (
    AS_OF,
    events,
    follow_up,
    interview,
    plan,
    strict_events,
    vobject_events,
)

TOLD = [
    "America/New_York",
    "Europe/Berlin",
    "Africa/Cairo",  # summer ends at 24:00 of a Thursday: sometimes in November
    "Africa/Casablanca",  # no rule: the clocks follow Ramadan
    "Asia/Kolkata",  # nothing changes
    "Australia/Lord_Howe",  # half an hour
    "America/Nuuk",  # changes the evening before a Sunday
    "Europe/Dublin",  # its summer is in winter
    "Asia/Gaza",  # a rule, but not before the end of the century
    "Asia/Jerusalem",  # the Friday before a Sunday
    "America/Santiago",  # the midnight after a Saturday
    "Antarctica/Troll",  # two hours
    "Pacific/Apia",
    "UTC",
]
SPANS = [(2005, 2007), (2010, 2012), (2023, 2029), (2026, 2026)]
HOURS_AROUND = (-49, -5, 5, 49)


def sure(local: datetime, where: Zone) -> bool:
    """Whether the clocks show that time exactly once."""
    there = local.replace(tzinfo=where)
    return there.utcoffset() == there.replace(fold=1).utcoffset()


def local_times(where: Zone, first: date, last: date) -> Iterator[datetime]:
    """Every tenth day's morning, and the hours around each change."""
    day = datetime.combine(first, time(9, 30))
    while day.date() <= last:
        yield day
        before, after = (
            moment.replace(tzinfo=where).utcoffset() for moment in (day, day + timedelta(days=10))
        )
        if before != after:
            for hour in range(0, 240, 3):
                yield day + timedelta(hours=hour)
        day += timedelta(days=10)


def offsets_agree(where: Zone, first: date, last: date, theirs: tzinfo | None) -> None:
    for local in local_times(where, first, last):
        if sure(local, where):
            told = local.replace(tzinfo=theirs).utcoffset()
            assert told == local.replace(tzinfo=where).utcoffset(), local


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("key", TOLD)
def test_dateutil_expands_the_component_to_the_zones_offsets(
    key: str, span: tuple[int, int]
) -> None:
    where, first, last = zone(key), date(span[0], 1, 20), date(span[1], 12, 20)
    component = vtimezone(where, first, last).decode()
    theirs = tz.tzical(StringIO(component)).get(key)
    offsets_agree(where, first, last, theirs)


@pytest.mark.slow
@pytest.mark.parametrize("key", sorted(zone_keys()))
def test_the_component_of_every_zone_there_is_holds(key: str) -> None:
    where, first, last = zone(key), date(2025, 1, 1), date(2030, 12, 31)
    theirs = tz.tzical(StringIO(vtimezone(where, first, last).decode())).get(key)
    offsets_agree(where, first, last, theirs)


@pytest.mark.parametrize("key", TOLD)
def test_three_parsers_read_each_event_at_its_moment(key: str) -> None:
    where = zone(key)
    # Under a name that no parser knows each must go by our component alone.
    unknown = f"X-Nowhere/{key}".encode()
    follow_ups = [
        follow_up(due=local.replace(tzinfo=where))
        for local in local_times(where, date(2026, 1, 20), date(2028, 12, 20))
        if sure(local, where) and sure(local + timedelta(minutes=15), where)
    ]
    plans = [
        plan(each, about=interview(f"k{number:04}", where))
        for number, each in enumerate(follow_ups)
    ]
    octets = re.sub(rb"(TZID[:=])" + key.encode(), rb"\g<1>" + unknown, feed(plans, AS_OF))
    moments = [each.due.astimezone(UTC) for each in follow_ups]
    assert [each.start.astimezone(UTC) for each in events(octets)] == moments
    assert [each.start_datetime.astimezone(UTC) for each in strict_events(octets)] == moments
    if key != "UTC":  # vobject forgets a zone that is UTC by another name
        read = [each.dtstart.value for each in vobject_events(octets)]
        assert all(moment.utcoffset() is not None for moment in read)
        assert [moment.astimezone(UTC) for moment in read] == moments


def blocks(key: str, first: date, last: date) -> list[dict[str, list[str]]]:
    """Each observance as its lines by name."""
    found: list[dict[str, list[str]]] = []
    for line in vtimezone(zone(key), first, last).decode().splitlines()[2:-1]:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            found.append({"KIND": [value]})
        elif name != "END":
            found[-1].setdefault(name, []).append(value)
    return found


IN_2026 = (date(2026, 3, 1), date(2026, 12, 1))


@pytest.mark.parametrize(
    ("key", "rules"),
    [
        ("America/New_York", ["BYMONTH=3;BYDAY=2SU", "BYMONTH=11;BYDAY=1SU"]),
        ("Europe/Berlin", ["BYMONTH=3;BYDAY=-1SU", "BYMONTH=10;BYDAY=-1SU"]),
        (
            "America/Nuuk",
            ["BYMONTH=10;BYDAY=-1SU", "BYMONTH=3;BYMONTHDAY=24,25,26,27,28,29,30;BYDAY=SA"],
        ),
        (
            "Africa/Cairo",
            [
                "BYMONTH=4;BYDAY=-1FR",
                "BYMONTH=10;BYMONTHDAY=26,27,28,29,30,31;BYDAY=FR",
                "BYMONTH=11;BYMONTHDAY=1;BYDAY=FR",
            ],
        ),
        (
            "Asia/Jerusalem",
            ["BYMONTH=3;BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR", "BYMONTH=10;BYDAY=-1SU"],
        ),
    ],
)
def test_a_rule_is_written_as_rrules(key: str, rules: list[str]) -> None:
    found = blocks(key, *IN_2026)
    assert sorted(block["RRULE"][0] for block in found) == sorted(
        f"FREQ=YEARLY;{rule}" for rule in rules
    )
    assert not any("RDATE" in block for block in found)


def test_where_there_is_no_rule_each_change_of_the_span_and_a_year_is_a_date() -> None:
    found = blocks("Africa/Casablanca", date(2024, 1, 10), date(2024, 12, 1))
    dates = sorted(d for b in found[1:] for d in b["RDATE"])
    where, seen = zone("Africa/Casablanca"), []
    for change in where.changes:
        before = (change.at - timedelta(seconds=1)).astimezone(where).utcoffset()
        assert before is not None
        if datetime(2024, 1, 9, tzinfo=UTC) < change.at < datetime(2025, 12, 3, tzinfo=UTC):
            seen.append(f"{change.at + before:%Y%m%dT%H%M%S}")
    assert dates == seen
    assert not any("RRULE" in block for block in found)


@pytest.mark.parametrize("key", ["Asia/Kolkata", "UTC", "America/Phoenix", "Asia/Tokyo"])
def test_where_nothing_changes_there_is_one_standard(key: str) -> None:
    (block,) = blocks(key, *IN_2026)
    assert block["KIND"] == ["STANDARD"]
    assert block["TZOFFSETFROM"] == block["TZOFFSETTO"]
    assert block["DTSTART"] == block["RDATE"] == ["19700101T000000"]


def test_before_a_rule_holds_its_zone_has_dates_and_then_the_rule() -> None:
    found = blocks("America/New_York", date(2006, 6, 1), date(2006, 12, 1))
    assert [sorted({"RRULE", "RDATE"} & block.keys()) for block in found[-2:]] == [["RRULE"]] * 2
    assert [block["DTSTART"][0][:8] for block in found] == [
        "19700101",
        "20061029",
        "20070311",
        "20071104",
    ]


def test_in_dublin_the_later_clock_is_called_daylight() -> None:
    kinds = {block["TZNAME"][0]: block["KIND"][0] for block in blocks("Europe/Dublin", *IN_2026)}
    assert kinds == {"IST": "DAYLIGHT", "GMT": "STANDARD"}


@given(st.sampled_from(TOLD), st.integers(1, 9999), st.integers(0, 3))
def test_any_span_has_a_component_that_icalendar_reads(key: str, year: int, years: int) -> None:
    octets = vtimezone(zone(key), date(year, 1, 1), date(min(year + years, 9999), 12, 31))
    read = icalendar.Timezone.from_ical(octets)
    assert read["TZID"] == key
    assert read.subcomponents
