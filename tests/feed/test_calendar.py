"""The feed as a whole: same input, same octets; one chunk an interview; nothing too large."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import icsgen.feed
from icsgen.feed import LIMIT_OCTETS, Style, View, assemble, chunk, dropped, feed, pieces
from icsgen.feed.lint import lint
from icsgen.journal import Step
from icsgen.model import Draft, Plan, State
from icsgen.zones import zone
from tests.feed.plans import (
    AS_OF,
    DANA,
    TOKEN,
    draft,
    events,
    follow_up,
    interview,
    plan,
    strict_events,
)

ROOT = Path(__file__).parents[2]


def many(count: int) -> list[Plan]:
    steps = (Step.THANK_YOU, Step.FIRST_CHECK_IN)
    start = datetime(2026, 11, 12, 9, 30, tzinfo=interview().zone)
    return [
        plan(
            *(follow_up(step, start + timedelta(days=n % 90)) for step in steps),
            about=interview(f"k{n:04}", company=f"Acme {n}"),
        )
        for n in range(count)
    ]


def drafts_of(plans: list[Plan], words: int = 120) -> dict[tuple[str, Step], tuple[Draft, ...]]:
    return {
        (one.interview.id, each.step): (draft(f"{one.interview.id} word, " * words),)
        for one in plans
        for each in one.follow_ups
    }


def test_the_room_is_the_function() -> None:
    assert icsgen.feed([plan(follow_up())], AS_OF) == feed([plan(follow_up())], AS_OF)


def test_the_calendar_says_what_subscribers_need_and_no_more() -> None:
    head = feed([], AS_OF, name="My, job\nsearch").decode().split("\r\n")
    assert head == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Afterword//Afterword//EN",
        "CALSCALE:GREGORIAN",
        "X-WR-CALDESC:What to send after each interview\\, when\\, and why then.",
        "NAME:My\\, job search",
        "X-WR-CALNAME:My\\, job search",
        "COLOR:teal",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-APPLE-CALENDAR-COLOR:#008080",
        "X-PUBLISHED-TTL:PT1H",
        "END:VCALENDAR",
        "",
    ]


def test_a_change_renders_one_chunk_again() -> None:
    plans = many(5)
    chunks = {one.interview.id: chunk(one) for one in plans}
    moved = plans[2]._replace(sequence=3, follow_ups=(follow_up(),))
    chunks["k0002"] = chunk(moved)
    whole = feed([*plans[:2], moved, *plans[3:]], AS_OF)
    assert assemble(chunks.values(), AS_OF) == whole
    assert b"".join(pieces(chunks.values(), AS_OF)) == whole


def test_the_order_of_the_plans_changes_nothing() -> None:
    plans = many(5)
    assert feed(plans, AS_OF) == feed(plans[::-1], AS_OF) == feed(iter(plans), AS_OF)


def test_each_zone_used_has_one_component_and_no_other_has() -> None:
    zones = ["Europe/Berlin", "Asia/Kolkata", "Europe/Berlin"]
    plans = [plan(follow_up(), about=interview(f"k{n}", zone(key))) for n, key in enumerate(zones)]
    octets = feed(plans, AS_OF)
    assert octets.count(b"BEGIN:VTIMEZONE") == 2
    assert octets.index(b"TZID:Asia/Kolkata\r\n") < octets.index(b"TZID:Europe/Berlin\r\n")
    assert b"VTIMEZONE" not in feed(plans, AS_OF, style=Style.ALL_DAY)


def test_a_chunk_knows_its_local_days() -> None:
    tokyo = interview(where=zone("Asia/Tokyo"))
    late = datetime(2026, 11, 18, 20, tzinfo=UTC)
    one = chunk(
        plan(follow_up(due=late), follow_up(Step.CLOSE_OUT, late + timedelta(days=9)), about=tokyo)
    )
    assert (one.first_on, one.last_on) == (date(2026, 11, 19), date(2026, 11, 28))


SETTLED_AT = datetime(2026, 11, 11, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("as_of", "stays"),
    [
        (SETTLED_AT - timedelta(days=30), True),
        (SETTLED_AT + timedelta(days=14, seconds=-1), True),
        (SETTLED_AT + timedelta(days=14), False),
        (SETTLED_AT + timedelta(days=900), False),
    ],
)
def test_a_cancelled_event_stays_less_than_14_days(as_of: datetime, stays: bool) -> None:
    cancelled = plan(follow_up(state=State.CANCELLED), about=interview("k1"))
    assert len(events(feed([cancelled], as_of))) == stays
    # And nothing else in the octets knows what day it is.
    other = plan(follow_up(), follow_up(Step.CLOSE_OUT, state=State.SENT), about=interview("k0"))
    whole, later = feed([other, cancelled], SETTLED_AT), feed([other, cancelled], as_of)
    at = whole.rindex(b"BEGIN:VEVENT")
    assert later == (whole if stays else whole[:at] + b"END:VCALENDAR\r\n")


def test_a_gone_event_takes_no_date_of_its_zone_with_it() -> None:
    morocco = zone("Africa/Casablanca")
    far = follow_up(
        Step.CLOSE_OUT,
        datetime(2025, 5, 1, 9, 30, tzinfo=morocco),
        State.CANCELLED,
        settled_at=SETTLED_AT,
    )
    one = plan(
        follow_up(due=datetime(2024, 2, 1, 9, 30, tzinfo=morocco)),
        far,
        about=interview(where=morocco),
    )
    before, after = (feed([one], SETTLED_AT + timedelta(days=days)) for days in (0, 99))
    assert len(events(after)) == 1
    assert before[: before.index(b"BEGIN:VEVENT")] == after[: after.index(b"BEGIN:VEVENT")]


def test_above_the_limit_drafts_go_farthest_first() -> None:
    plans = many(300)
    drafts = drafts_of(plans)
    assert len(feed(plans, AS_OF, drafts=drafts, limit_octets=None)) > LIMIT_OCTETS
    octets = feed(plans, AS_OF, drafts=drafts)
    assert LIMIT_OCTETS - 5_000 < len(octets) <= LIMIT_OCTETS
    assert lint(octets) == ()
    chunks = [chunk(one, drafts=drafts) for one in plans]
    assert assemble(chunks, AS_OF) == octets
    gone = dropped(chunks, AS_OF)
    due = {(one.interview.id, each.step): each.due for one in plans for each in one.follow_ups}
    kept = due.keys() - set(gone)
    assert kept
    assert max(due[key] for key in kept) <= min(due[key] for key in gone)
    for event in events(octets):
        key = str(event["UID"]).removesuffix("@afterword").split(".")
        has_draft = "word," in str(event["DESCRIPTION"])
        assert has_draft == ((key[0], Step(key[1])) in kept)
        assert event["URL"].startswith("mailto:")


def test_below_the_limit_no_draft_is_dropped() -> None:
    plans = many(3)
    drafts = drafts_of(plans)
    chunks = [chunk(one, drafts=drafts) for one in plans]
    assert dropped(chunks, AS_OF) == ()
    assert assemble(chunks, AS_OF) == feed(plans, AS_OF, drafts=drafts)
    whole = assemble(chunks, AS_OF)
    assert assemble(chunks, AS_OF, limit_octets=len(whole)) == whole
    assert len(assemble(chunks, AS_OF, limit_octets=len(whole) - 1)) < len(whole)


def test_without_drafts_that_could_go_the_feed_is_as_large_as_it_is() -> None:
    assert len(strict_events(feed(many(3), AS_OF, limit_octets=10))) == 6


SHOW = """
import sys
sys.path.insert(0, {root!r})
from tests.feed.test_calendar import *
plans = many(4)
octets = b"".join(
    feed(plans, AS_OF, view=view, style=style, token=TOKEN, drafts=drafts_of(plans))
    for view in View for style in Style
)
sys.stdout.buffer.write(octets)
"""


@pytest.mark.parametrize(
    "around",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C.UTF-8"},
    ],
)
def test_hash_seed_locale_and_the_machines_zone_change_no_octet(around: dict[str, str]) -> None:
    plans = many(4)
    here = b"".join(
        feed(plans, AS_OF, view=view, style=style, token=TOKEN, drafts=drafts_of(plans))
        for view in View
        for style in Style
    )
    there = subprocess.run(
        [sys.executable, "-c", SHOW.format(root=str(ROOT))],
        env={**os.environ, **around},
        capture_output=True,
        check=True,
        timeout=100,
    )
    assert there.stdout == here


def test_three_people_of_one_feed_are_the_same_to_all_parsers() -> None:
    octets = feed(many(3), AS_OF, view=View.FULL)
    assert [str(event["SUMMARY"]) for event in events(octets)] == [
        event.summary for event in strict_events(octets)
    ]
    assert DANA.email is not None
    assert all(DANA.email in (event.description or "") for event in strict_events(octets))
