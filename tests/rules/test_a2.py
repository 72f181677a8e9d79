"""What A2 says, as far as a plan can do it. The usual interview ends on Tue 2026-11-10 at 15:00."""

from collections.abc import Mapping

from icsgen.rules import Playbook
from tests.planning.cases import FIRST, REPLY, SECOND, THANKED, heard, plan_for, sent

Books = Mapping[str, Playbook]


def test_a2_2_the_first_check_in_waits_about_a_week(books: Books) -> None:
    planned = plan_for(books["tuesday"])
    assert planned.opens(FIRST) == "Tue 11-17 00:00"
    assert planned.on(FIRST) == "Tue 11-17"
    wait = planned.reason(FIRST, "wait")
    assert wait.source == "A2.2"
    assert "Count 7 days from" in wait.text


def test_a2_3_a_check_in_that_would_fall_on_a_monday_waits_for_tuesday(books: Books) -> None:
    # A week after Mon 11-09; five business days after Fri 11-06.
    for name, day in (("tuesday", "2026-11-09"), ("balanced", "2026-11-06")):
        planned = plan_for(books[name], start=f"{day}T14:00", end=f"{day}T15:00")
        assert planned.on(FIRST) == "Tue 11-17"
        assert planned.reason(FIRST, "day").source == "A2.3"


def test_a2_4_without_an_answer_it_asks_again_in_a_few_days_but_never_daily(books: Books) -> None:
    for first, second in (("2026-11-17", "Fri 11-20"), ("2026-11-18", "Tue 11-24")):
        assert plan_for(books["tuesday"], sent(FIRST, first)).on(SECOND) == second


def test_a2_5_a_rejection_is_answered_with_a_request_for_feedback(books: Books) -> None:
    planned = plan_for(books["tuesday"], THANKED, heard("rejected", "2026-11-12T10:00"))
    assert planned[REPLY].kind == "feedback_request"
