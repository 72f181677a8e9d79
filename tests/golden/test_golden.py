"""Every golden feed is what we make, passes our linter, and is read alike by three strangers."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from icsgen.feed import Style, View
from icsgen.feed.lint import lint
from icsgen.feed.views import uid
from icsgen.model import FollowUp, Plan, State
from icsgen.text import clean_line
from tests.feed.plans import events, strict_events, vobject_events
from tests.golden.goldens import GOLDENS, Golden

Read = dict[str, tuple[str, date, date, str, int]]
"""By UID: title, start and end (moments in UTC, or dates), status, alarms."""

golden_cases = pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.folder.name)


def moment(value: date | None) -> date:
    assert value is not None
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def by_icalendar(feed: bytes) -> Read:
    return {
        str(event["UID"]): (
            str(event["SUMMARY"]),
            moment(event.start),
            moment(event.end),
            str(event["STATUS"]),
            len(event.walk("VALARM")),
        )
        for event in events(feed)
    }


def by_ical(feed: bytes) -> Read:
    return {
        str(event.uid): (
            str(event.summary),
            moment(event.dtstart),
            moment(event.dtend),
            str(event.status.value if event.status else ""),
            len(event.alarm),
        )
        for event in strict_events(feed)
    }


def by_vobject(feed: bytes) -> Read:
    return {
        event.uid.value: (
            event.summary.value,
            moment(event.dtstart.value),
            moment(event.dtend.value),
            event.status.value,
            len(getattr(event, "valarm_list", ())),
        )
        for event in vobject_events(feed)
    }


def meant(golden: Golden) -> dict[str, tuple[Plan, FollowUp]]:
    """By UID, the follow-ups that are to be seen."""
    as_of, view, _, token = golden.asked()
    return {
        uid(clean_line(plan.interview.id), each.step, view, token): (plan, each)
        for plan in golden.plans()
        for each in plan.follow_ups
        if each.state is not State.CANCELLED
        or each.settled_at is None
        or as_of < each.settled_at + timedelta(days=14)
    }


def test_there_are_goldens() -> None:
    assert {golden.asked()[1] for golden in GOLDENS} == set(View)
    assert {golden.asked()[2] for golden in GOLDENS} == set(Style)


@golden_cases
def test_the_feed_is_the_golden_one_to_the_octet(golden: Golden) -> None:
    assert golden.made() == golden.feed_file.read_bytes()


@golden_cases
def test_the_linter_finds_nothing(golden: Golden) -> None:
    assert lint(golden.feed_file.read_bytes()) == ()


@golden_cases
@pytest.mark.parametrize("reader", [by_icalendar, by_ical, by_vobject])
def test_each_reader_sees_each_follow_up_at_its_time(
    golden: Golden, reader: Callable[[bytes], Read]
) -> None:
    read = reader(golden.feed_file.read_bytes())
    expected = meant(golden)
    assert read.keys() == expected.keys()
    for key, (title, start, end, status, alarms) in read.items():
        follow_up = expected[key][1]
        if golden.asked()[2] is Style.ALL_DAY:
            assert (start, end - start) == (follow_up.due.date(), timedelta(days=1))
        else:
            assert start == follow_up.due.astimezone(UTC)
            assert end - start == timedelta(minutes=15)
        assert status == ("CANCELLED" if follow_up.state is State.CANCELLED else "CONFIRMED")
        assert alarms == (follow_up.state is State.OPEN)
        assert title.startswith("✓ ") == (follow_up.state is State.SENT)


@golden_cases
def test_all_readers_see_the_same(golden: Golden) -> None:
    octets = golden.feed_file.read_bytes()
    assert by_icalendar(octets) == by_ical(octets) == by_vobject(octets)


@golden_cases
def test_every_reason_is_told_in_full_view(golden: Golden) -> None:
    if golden.asked()[1] is not View.FULL:
        return
    told: dict[str, Any] = {
        str(e["UID"]): str(e["DESCRIPTION"]) for e in events(golden.feed_file.read_bytes())
    }
    for key, (_, follow_up) in meant(golden).items():
        assert follow_up.reasons
        for reason in follow_up.reasons:
            # Ours is the plain case; an article is named behind its sentence.
            source = "" if reason.source == "ours" else f" ({reason.source})"
            assert f"- {reason.text}{source}" in told[key]
