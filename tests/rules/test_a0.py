"""What A0 says, as far as a plan can do it. The usual interview ends on Tue 2026-11-10 at 15:00."""

from collections.abc import Mapping

from icsgen.model import Status
from icsgen.rules import Playbook
from tests.planning.cases import (
    EARLY,
    FIRST,
    LAST,
    REPLY,
    SECOND,
    THANKED,
    THANKS,
    heard,
    news,
    plan_for,
    sent,
)

Books = Mapping[str, Playbook]


def test_a0_2_a_promised_date_is_waited_for_and_then_comes_the_check_in(books: Books) -> None:
    planned = plan_for(books["one-week"], promised="2026-11-26")
    assert planned.on(FIRST) == "Fri 11-27"
    assert planned.status(FIRST, "2026-11-26T23:59") is Status.UPCOMING
    assert planned.status(FIRST, "2026-11-27T00:00") is Status.DUE
    assert planned.reason(FIRST, "promise").source == "A0.2"


def test_a0_3_a_thank_you_goes_out_within_24_hours(books: Books) -> None:
    for rapport in ("normal", "strong"):
        planned = plan_for(books["one-week"], rapport=rapport)
        assert planned.due(THANKS) == "Tue 11-10 16:30"
        assert planned.closes(THANKS) == "Wed 11-11 15:00"
        assert planned.reason(THANKS, "thank-you-window").source == "A0.3"


def test_a0_4_the_first_check_in_comes_a_week_after_the_interview(books: Books) -> None:
    planned = plan_for(books["one-week"])
    assert planned.opens(FIRST) == "Tue 11-17 00:00"
    assert planned.on(FIRST) == "Tue 11-17"
    wait = planned.reason(FIRST, "wait")
    assert wait.source == "A0.4"
    assert "Count 7 days from the interview on Tuesday 10 November" in wait.text


def test_a0_5_nothing_is_early_without_news(books: Books) -> None:
    assert EARLY not in plan_for(books["one-week"], THANKED).steps


def test_a0_5_new_information_may_be_told_before_the_wait_is_over(books: Books) -> None:
    planned = plan_for(books["one-week"], THANKED, news("new-information", "2026-11-12T10:00"))
    assert planned.due(EARLY) == "Thu 11-12 16:30"
    assert planned[EARLY].kind == "new_information"
    assert planned.reason(EARLY, "news").source == "A0.5"


def test_a0_5_an_actual_offer_may_be_told_before_a_promise_is_over(books: Books) -> None:
    told = news("competing-offer", "2026-11-12T10:00")
    planned = plan_for(books["one-week"], THANKED, told, promised="2026-11-27")
    assert planned.due(EARLY) == "Thu 11-12 16:30"
    assert planned[EARLY].kind == "competing_offer"
    assert planned.on(FIRST) == "Mon 11-30"


def test_a0_6_the_second_check_in_comes_two_weeks_after_the_interview(books: Books) -> None:
    planned = plan_for(books["one-week"])
    assert planned.opens(SECOND) == "Tue 11-24 00:00"
    assert planned.on(SECOND) == "Tue 11-24"
    wait = planned.reason(SECOND, "wait")
    assert wait.source == "A0.6"
    assert "Count 7 days from the first check-in on Tuesday 17 November" in wait.text


def test_a0_7_after_two_check_ins_nothing_more_is_sent(books: Books) -> None:
    planned = plan_for(books["one-week"])
    assert planned.steps == [THANKS, FIRST, SECOND, LAST]
    assert planned.opens(LAST) == "Tue 12-01 00:00"
    assert planned.on(LAST) == "Tue 12-01"
    assert planned[LAST].silent
    assert planned[LAST].channel is None
    assert planned.to(LAST) == []
    assert planned.reason(LAST, "silent").source == "A0.7"
    assert "Count 7 days from the second check-in" in planned.reason(LAST, "wait").text


def test_a0_8_a_rejection_is_answered_with_thanks_and_a_request_for_feedback(books: Books) -> None:
    for name in books:
        planned = plan_for(books[name], THANKED, heard("rejected", "2026-11-12T10:00"))
        assert planned.due(REPLY) == "Thu 11-12 16:30"
        assert planned[REPLY].kind == "feedback_request"
        assert planned.reason(REPLY, "reply").source == "A0.8"


def test_a0_10_nothing_is_asked_two_or_three_days_on_where_they_named_a_later_date(
    books: Books,
) -> None:
    for name in books:
        planned = plan_for(books[name], sent(THANKS, "2026-11-10T17:00"), promised="2026-11-24")
        for day in ("2026-11-12", "2026-11-13", "2026-11-24"):
            statuses = {planned.status(step, day) for step in (FIRST, SECOND, LAST)}
            assert statuses == {Status.UPCOMING}, f"{name} on {day}"
