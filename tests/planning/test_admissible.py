"""What may not be written down, each with its own error and words that help."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from icsgen.errors import (
    AfterwordError,
    AlreadySettled,
    BeforeInterview,
    InTheFuture,
    NewsTwice,
    NothingToUndo,
    OutcomeMisplaced,
    PlanIsOver,
    PromisedTooEarly,
    SnoozedIntoPast,
    UnknownPerson,
    UnknownStep,
    UsageError,
)
from icsgen.journal import Entry, Sent, Undone
from icsgen.model import Plan
from icsgen.planning.admissible import check, named
from icsgen.planning.effect import up_to
from icsgen.planning.plan import plan
from icsgen.zones import zone
from tests.planning.cases import (
    EARLY,
    FIRST,
    LAST,
    REPLY,
    SECOND,
    THANKED,
    THANKS,
    Json,
    _entry,
    days_of,
    heard,
    moment,
    news,
    plan_for,
    playbook,
    promised,
    sent,
    skipped,
    snoozed,
)

NEW_YORK = zone("America/New_York")
NOW = moment("2026-11-30T12:00", NEW_YORK)
PANEL = [
    {"name": "Ann Bell", "email": "ann@acme.example"},
    {"name": "Ben Bell", "email": "ben@acme.example"},
]
REJECTED = heard("rejected", "2026-11-17T17:40")


def story(*journal: Json, **fields: Any) -> Plan:
    return plan_for("balanced", *journal, **fields).plan


def as_of(made: Plan, at: datetime) -> Plan:
    """The plan that there was at a moment."""
    interview = made.interview
    told = up_to(interview.journal, at)
    return plan(interview, told, playbook("balanced"), days_of(interview))._replace(
        interview=interview
    )


def told(entry: Json | Entry, made: Plan, now: datetime = NOW) -> None:
    """Check an entry as the program does."""
    read = _entry(entry, NEW_YORK) if isinstance(entry, dict) else entry
    check(read, as_of(made, read.at), made, now)


ALLOWED: dict[str, tuple[Plan, Json]] = {
    "a sending": (story(), sent(FIRST, "2026-11-18")),
    "a late sending": (story(), sent(FIRST, "2026-11-30")),
    "a sending of what was let go": (
        story(skipped(FIRST, "2026-11-18")),
        sent(FIRST, "2026-11-20"),
    ),
    "a skip before another skip": (
        story(skipped(FIRST, "2026-11-20")),
        skipped(FIRST, "2026-11-18"),
    ),
    "a sending before the end, told after it": (story(REJECTED), sent(THANKS, "2026-11-12")),
    "a skip": (story(), skipped(SECOND, "2026-11-18")),
    "a snooze": (story(), snoozed(FIRST, "2026-11-18", "2026-12-02T16:00")),
    "a promise": (story(), promised("2026-11-12", "2026-11-20")),
    "a promise for the interview's day": (story(), promised("2026-11-10T16:00", "2026-11-10")),
    "an answer": (story(), heard("replied", "2026-11-20", promised="2026-12-04")),
    "an outcome": (story(), REJECTED),
    "a later final outcome": (story(REJECTED), heard("offer", "2026-11-20")),
    "a withdrawal before the interview": (story(), heard("withdrawn", "2026-11-09")),
    "a cancelled interview": (story(), heard("cancelled", "2026-11-09")),
    "a posting removed before the interview": (story(), heard("posting-removed", "2026-11-09")),
    "a reply": (story(REJECTED), sent(REPLY, "2026-11-18")),
    "a reply let go": (story(REJECTED), skipped(REPLY, "2026-11-18")),
    "a reply put off": (story(REJECTED), snoozed(REPLY, "2026-11-18", "2026-12-01T09:30")),
    "a thank-you after the posting was removed": (
        story(heard("posting-removed", "2026-11-11")),
        sent(THANKS, "2026-11-12"),
    ),
    "news": (story(THANKED), news("competing-offer", "2026-11-13")),
    "news after news that went into a message": (
        story(news("new-information", "2026-11-11")),
        news("competing-offer", "2026-11-13"),
    ),
    "the other half of a thank-you": (
        story(sent(THANKS, "2026-11-12", to=["Ann Bell"]), contacts=PANEL),
        sent(THANKS, "2026-11-13"),
    ),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_can_have_happened_is_allowed(name: str) -> None:
    made, entry = ALLOWED[name]
    told(entry, made)


REFUSED: dict[str, tuple[Plan, Json, type[AfterwordError], str]] = {
    "what has not happened yet": (
        story(),
        sent(FIRST, "2026-12-01"),
        InTheFuture,
        "Tuesday 1 December 2026 at 09:30 has not come yet",
    ),
    "an answer of tomorrow": (story(), heard("replied", "2026-12-01"), InTheFuture, "not come yet"),
    "a step that the plan does not have": (
        story(),
        sent(REPLY, "2026-11-18"),
        UnknownStep,
        "it has thank_you, first_check_in, second_check_in, close_out",
    ),
    "no early check-in without news": (story(), skipped(EARLY, "2026-11-18"), UnknownStep, "early"),
    "a step that was sent": (
        story(sent(FIRST, "2026-11-18T10:12")),
        sent(FIRST, "2026-11-20"),
        AlreadySettled,
        "the first check-in was sent on Wednesday 18 November 2026 at 10:12 already",
    ),
    "a step that was sent, but earlier": (
        story(sent(FIRST, "2026-11-18T10:12")),
        sent(FIRST, "2026-11-17"),
        AlreadySettled,
        "was sent on Wednesday 18 November 2026",
    ),
    "a skip of what was skipped": (
        story(skipped(FIRST, "2026-11-18")),
        skipped(FIRST, "2026-11-19"),
        AlreadySettled,
        "the first check-in was skipped on Wednesday 18 November 2026 at 09:30 already",
    ),
    "a check-in that a later one has passed over": (
        story(sent(SECOND, "2026-11-25")),
        snoozed(FIRST, "2026-11-26", "2026-12-02"),
        AlreadySettled,
        "was skipped",
    ),
    "a sending after the end": (
        story(REJECTED),
        sent(LAST, "2026-11-18"),
        PlanIsOver,
        "cancelled on Tuesday 17 November 2026 at 17:40, when the plan ended with “rejected”",
    ),
    "a promise after the end": (
        story(REJECTED),
        promised("2026-11-18", "2026-12-01"),
        PlanIsOver,
        "ended on Tuesday 17 November 2026 at 17:40 with “rejected”",
    ),
    "an answer after the end": (
        story(REJECTED),
        heard("replied", "2026-11-18"),
        PlanIsOver,
        "ended",
    ),
    "news after the end": (
        story(REJECTED),
        news("competing-offer", "2026-11-18"),
        PlanIsOver,
        "ended",
    ),
    "a snooze into the past": (
        story(),
        snoozed(FIRST, "2026-11-30T10:00", "2026-11-30T11:00"),
        SnoozedIntoPast,
        "Monday 30 November 2026 at 11:00 has passed",
    ),
    "a promise before the interview": (
        story(),
        promised("2026-11-12", "2026-11-09"),
        PromisedTooEarly,
        "Monday 9 November 2026 is before the interview of Tuesday 10 November 2026",
    ),
    "an answer with such a promise": (
        story(),
        heard("replied", "2026-11-12", promised="2025-11-20"),
        PromisedTooEarly,
        "check the year",
    ),
    "a date that goes with no outcome": (
        story(),
        heard("offer", "2026-11-12", promised="2026-11-20"),
        UsageError,
        "goes with “replied”",
    ),
    "a message before the interview": (
        story(),
        sent(THANKS, "2026-11-09"),
        BeforeInterview,
        "the interview began only on Tuesday 10 November 2026",
    ),
    "an answer before the interview": (
        story(),
        heard("replied", "2026-11-09"),
        BeforeInterview,
        "“replied” cannot have been heard",
    ),
    "an offer before the interview": (
        story(),
        heard("offer", "2026-11-09"),
        BeforeInterview,
        "“offer” cannot have been heard",
    ),
    "the same final outcome again": (
        story(REJECTED),
        heard("rejected", "2026-11-20"),
        OutcomeMisplaced,
        "“rejected” of Tuesday 17 November 2026 at 17:40 is written down already",
    ),
    "a final outcome before another": (
        story(REJECTED),
        heard("offer", "2026-11-16"),
        OutcomeMisplaced,
        "and “offer” would come before it",
    ),
    "news a second time": (
        story(THANKED, news("new-information", "2026-11-13")),
        news("competing-offer", "2026-11-14"),
        NewsTwice,
        "never a second",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_have_happened_is_refused_in_words(name: str) -> None:
    made, entry, kind, words = REFUSED[name]
    with pytest.raises(kind) as caught:
        told(entry, made)
    assert type(caught.value) is kind
    assert words in str(caught.value)


def test_now_itself_is_no_future() -> None:
    told(sent(FIRST, "2026-11-30T12:00"), story())
    with pytest.raises(InTheFuture):
        told(sent(FIRST, "2026-11-30T12:00:01"), story())


def test_a_snooze_ends_after_now_and_after_its_own_moment() -> None:
    entry = snoozed(FIRST, "2026-11-18", "2026-11-20T09:30")
    told(entry, story(), NOW - timedelta(days=11))
    with pytest.raises(SnoozedIntoPast):
        told(entry, story())


@pytest.mark.parametrize("position", [-1, 1, 7])
def test_only_what_is_there_can_be_undone(position: int) -> None:
    told(Undone(NOW, 0), story(THANKED))
    with pytest.raises(NothingToUndo):
        told(Undone(NOW, position), story(THANKED))


@pytest.mark.parametrize("word", ["Ann Bell", "ann bell", "ann", "ANN@acme.example"])
def test_a_person_is_known_by_name_address_or_a_word_that_only_they_have(word: str) -> None:
    made = story(contacts=PANEL)
    assert named(made.interview, made.follow_ups[0], (word,)) == ("Ann Bell",)


@pytest.mark.parametrize("word", ["Bell", "Zoe", "an", ""])
def test_a_name_that_is_nobodys_or_two_peoples_is_refused(word: str) -> None:
    made = story(contacts=PANEL)
    with pytest.raises(UnknownPerson, match="the contacts are Ann Bell and Ben Bell"):
        named(made.interview, made.follow_ups[0], (word,))


def test_nobody_is_thanked_twice() -> None:
    made = story(sent(THANKS, "2026-11-12", to=["Ann Bell"]), contacts=PANEL)
    with pytest.raises(AlreadySettled, match="still to thank: Ben Bell"):
        named(made.interview, made.follow_ups[0], ("Ann",))


def test_a_sending_is_checked_as_the_day_it_was_made_saw_it() -> None:
    # Recorded only now, after the rejection that came later.
    made = story(REJECTED)
    told(Sent(moment("2026-11-16T09:00", NEW_YORK), FIRST), made)
    with pytest.raises(PlanIsOver):
        told(Sent(moment("2026-11-18T09:00", NEW_YORK), FIRST), made)
