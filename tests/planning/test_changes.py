"""Two plans in, what changed out."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from icsgen.model import Plan
from icsgen.planning.changes import Kind, changes
from tests.planning.cases import (
    EARLY,
    FIRST,
    LAST,
    REPLY,
    SECOND,
    THANKED,
    THANKS,
    Json,
    heard,
    news,
    plan_for,
    promised,
    sent,
    skipped,
    undone,
)

FOUR = (THANKS, FIRST, SECOND, LAST)
PLANS = {
    "nothing": (),
    "thanked": (THANKED,),
    "promised": (promised("2026-11-13", "2026-11-20"),),
    "first sent late": (sent(FIRST, "2026-11-23"),),
    "skipped": (skipped(FIRST, "2026-11-13"),),
    "news": (THANKED, news("new-information", "2026-11-13")),
    "rejected": (heard("rejected", "2026-11-17"),),
    "taken back": (heard("rejected", "2026-11-17"), undone(0, "2026-11-17T10:00")),
    "another thank-you": ({**THANKED, "at": "2026-11-16T09:00"},),
}


def made(*journal: Json) -> Plan:
    return plan_for("balanced", *journal).plan


def kinds(before: Plan | None, after: Plan | None) -> dict[str, str]:
    return {change.step.value: change.change.value for change in changes(before, after)}


def texts(before: Plan | None, after: Plan | None) -> list[str]:
    return [change.text for change in changes(before, after)]


def test_all_of_a_new_interview_is_new() -> None:
    found = changes(None, made())
    assert [change.step for change in found] == list(FOUR)
    assert {change.change for change in found} == {Kind.NEW}
    assert all(change.before is None and change.after is not None for change in found)
    assert found[0].text == "The thank-you is due Thursday 12 November at 09:30."


def test_all_of_a_removed_interview_is_cancelled() -> None:
    found = changes(made(), None)
    assert {change.change for change in found} == {Kind.CANCELLED}
    assert all(change.after is None and change.before is not None for change in found)
    assert found[1].text == "The first check-in of Wednesday 18 November at 09:30 is gone."


def test_a_promise_moves_what_waits_and_keeps_the_rest() -> None:
    assert kinds(made(), made(promised("2026-11-13", "2026-11-20"))) == {
        "thank_you": "kept",
        "first_check_in": "moved",
        "second_check_in": "moved",
        "close_out": "moved",
    }


def test_a_sending_on_time_keeps_its_date_and_says_that_it_went_out() -> None:
    (thanks, *rest) = changes(made(), made(THANKED))
    assert (thanks.change, thanks.settled, thanks.text) == (
        Kind.KEPT,
        True,
        "The thank-you is sent.",
    )
    assert [change.settled for change in rest] == [False, False, False]


def test_a_final_outcome_says_why_each_is_cancelled_and_what_is_new() -> None:
    before, after = made(), made(heard("rejected", "2026-11-17"))
    assert kinds(before, after) == {
        **dict.fromkeys((s.value for s in FOUR), "cancelled"),
        REPLY: "new",
    }
    assert texts(before, after)[1] == (
        "The first check-in is cancelled. They said no, so nothing is left to ask."
    )


def test_what_an_undoing_brings_back_is_new_again_and_what_it_takes_is_cancelled() -> None:
    before = made(heard("rejected", "2026-11-17"))
    after = made(*PLANS["taken back"])
    found = kinds(before, after)
    assert found[REPLY] == "cancelled"
    assert {found[step] for step in FOUR} == {"new"}
    assert (
        texts(before, after)[1] == "The first check-in is back, due Wednesday 18 November at 09:30."
    )


def test_news_adds_one() -> None:
    assert kinds(made(THANKED), made(*PLANS["news"]))[EARLY] == "new"


def test_the_year_is_said_where_it_is_another() -> None:
    late = plan_for("balanced", start="2026-12-11T15:00", end="2026-12-11T16:00").plan
    assert texts(None, late)[3] == "The close-out is due Wednesday 20 January 2027 at 09:30."


@given(st.sampled_from(sorted(PLANS)), st.sampled_from(sorted(PLANS)))
def test_every_follow_up_is_told_of_once_and_truly(one: str, other: str) -> None:
    before, after = made(*PLANS[one]), made(*PLANS[other])
    found = changes(before, after)
    old = {each.step: each for each in before.follow_ups}
    new = {each.step: each for each in after.follow_ups}
    assert sorted(change.step for change in found) == sorted(old | new)
    for change in found:
        was, now = old.get(change.step), new.get(change.step)
        if change.change is Kind.MOVED:
            assert was
            assert now
            assert now.due - was.due != timedelta(0)
        if change.change is Kind.KEPT:
            assert was
            assert now
            assert (change.before, change.after) == (was.due, now.due)
            assert was.due == now.due
        if change.change is Kind.NEW:
            assert now
            assert (change.before, change.after) == (None, now.due)
        if change.change is Kind.CANCELLED:
            assert was
            assert (change.before, change.after) == (was.due, None)


@given(st.sampled_from(sorted(PLANS)))
def test_nothing_changes_between_a_plan_and_itself(name: str) -> None:
    same = made(*PLANS[name])
    assert {(change.change, change.settled) for change in changes(same, same)} == {
        (Kind.KEPT, False)
    }
