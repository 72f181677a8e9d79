"""Interviews, entries and feeds to keep; as examples, and as strategies for any there could be."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from icsgen.journal import (
    Entry,
    Heard,
    News,
    NewsKind,
    Outcome,
    Promised,
    Sent,
    Skipped,
    Snoozed,
    Step,
    Undone,
)
from icsgen.model import (
    Channel,
    Contact,
    Culture,
    Industry,
    Interview,
    Pace,
    Rapport,
    Size,
)
from icsgen.store import Feed
from icsgen.zones import Zone, zone

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
BERLIN = zone("Europe/Berlin")
LOOKS = dict.fromkeys(Step, "as it was")
"""Fingerprints of a whole plan."""


def interview(
    interview_id: str = "acme", *, company: str = "Acme", journal: Sequence[Entry] = ()
) -> Interview:
    start = datetime(2026, 11, 10, 14, tzinfo=BERLIN)
    return Interview(
        interview_id,
        company,
        "Engineer",
        start,
        start + timedelta(hours=1),
        BERLIN,
        country="DE",
        contacts=(Contact("Dana Lee", "dana@acme.example"), Contact("Bo", role="Lead")),
        round="first",
        journal=tuple(journal),
    )


def promised(day: int = 20) -> Promised:
    return Promised(datetime(2026, 11, 11, 9, 30, tzinfo=BERLIN), date(2026, 11, day))


def feed(label: str = "phone", token: str = "t0") -> Feed:  # noqa: S107 - opens nothing
    return Feed(token, label, "full", "timed", None, NOW)


# A text as sources leave it: no lone surrogates, which no database takes.
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
maybe_texts = st.none() | texts
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
zones = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC", "Africa/Cairo"]
)


@st.composite
def moments(draw: st.DrawFn, home: Zone, *, exact: bool = False) -> datetime:
    """Any moment there is in a zone, both of those that a clock shows twice among them."""
    seconds = draw(st.integers(1_577_836_800, 2_082_758_400))  # 2020 to 2035
    moment_at = datetime.fromtimestamp(seconds, UTC)
    if exact:
        moment_at += timedelta(microseconds=draw(st.sampled_from([0, 1, 500_000, 999_999])))
    return moment_at.astimezone(home)


@st.composite
def entries(draw: st.DrawFn, home: Zone) -> Entry:
    at, then = draw(moments(home, exact=True)), draw(st.none() | moments(home))
    step, day = draw(st.sampled_from(Step)), draw(days)
    to = tuple(draw(st.lists(texts, max_size=3)))
    outcome, news = draw(st.sampled_from(Outcome)), draw(st.sampled_from(NewsKind))
    kinds: list[Entry] = [
        Sent(at, step, to, then),
        Skipped(at, step, then),
        Snoozed(at, step, draw(moments(home))),
        Promised(at, day),
        Heard(at, outcome, draw(st.none() | days)),
        News(at, news),
        Undone(at, draw(st.integers(0, 9))),
    ]
    return draw(st.sampled_from(kinds))


contacts = st.builds(Contact, texts, maybe_texts, maybe_texts, maybe_texts, maybe_texts)


@st.composite
def interviews(draw: st.DrawFn) -> Interview:
    home = zone(draw(zones))
    start = draw(moments(home))
    return Interview(
        id=draw(texts),
        company=draw(texts),
        role=draw(texts),
        start=start,
        end=draw(moments(home)),
        zone=home,
        country=draw(st.none() | st.just("DE")),
        subdivision=draw(st.none() | st.just("BE")),
        contacts=tuple(draw(st.lists(contacts, max_size=3))),
        promised=draw(st.none() | days),
        industry=draw(st.sampled_from(Industry)),
        pace=draw(st.sampled_from(Pace)),
        size=draw(st.sampled_from(Size)),
        rapport=draw(st.sampled_from(Rapport)),
        culture=draw(st.sampled_from(Culture)),
        channel=draw(st.none() | st.sampled_from(Channel)),
        round=draw(maybe_texts),
        notes=draw(maybe_texts),
        topics=tuple(draw(st.lists(texts, max_size=2))),
        concerns=tuple(draw(st.lists(texts, max_size=2))),
        closed=tuple(draw(st.lists(st.tuples(days, days), max_size=2))),
        weekend=draw(st.none() | st.frozensets(st.integers(0, 6), min_size=1)),
        playbook=draw(maybe_texts),
        journal=tuple(draw(st.lists(entries(home), max_size=3))),
    )
