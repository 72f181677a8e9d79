"""What A3 says, as far as a plan can do it. The usual interview ends on Tue 2026-11-10 at 15:00."""

from collections.abc import Mapping

from icsgen.model import Channel
from icsgen.rules import Playbook
from tests.planning.cases import FIRST, LAST, SECOND, THANKS, plan_for

Books = Mapping[str, Playbook]

ANN = {"name": "Ann", "email": "ann@acme.example"}
BOB = {"name": "Bob", "email": "bob@acme.example"}


def test_a3_1_everyone_met_gets_a_thank_you(books: Books) -> None:
    for name in ("business-days", "balanced"):
        planned = plan_for(books[name], contacts=[ANN, BOB])
        assert planned.to(THANKS) == ["Ann", "Bob"]


def test_a3_2_a_passed_promise_is_written_to_the_next_good_day(books: Books) -> None:
    planned = plan_for(books["business-days"], promised="2026-11-18")
    assert planned.on(FIRST) == "Thu 11-19"
    assert planned[FIRST].kind == "after_promise"
    # Thanksgiving lies between.
    assert plan_for(books["business-days"], promised="2026-11-25").on(FIRST) == "Fri 11-27"


def test_a3_3_the_first_check_in_waits_four_to_five_business_days(books: Books) -> None:
    # Workdays after the 10th: 12, 13, 16, 17, 18; the 11th is Veterans Day.
    planned = plan_for(books["business-days"])
    assert planned.opens(FIRST) == "Tue 11-17 00:00"
    assert planned.on(FIRST) == "Tue 11-17"
    wait = planned.reason(FIRST, "wait")
    assert wait.source == "A3.3"
    assert "Count 4 business days (4 to 5" in wait.text


def test_a3_4_the_second_waits_four_to_five_business_days_more(books: Books) -> None:
    planned = plan_for(books["business-days"])
    assert planned.opens(SECOND) == "Mon 11-23 00:00"
    assert planned.on(SECOND) == "Mon 11-23"
    wait = planned.reason(SECOND, "wait")
    assert wait.source == "A3.4"
    assert "Count 4 business days (4 to 5" in wait.text


def test_a3_6_after_two_without_an_answer_one_last_message_closes_the_book(books: Books) -> None:
    planned = plan_for(books["business-days"])
    assert planned.steps == [THANKS, FIRST, SECOND, LAST]
    assert planned[LAST].kind == "close_out"
    assert planned[LAST].channel is Channel.EMAIL
    assert planned.to(LAST) == ["Ann"]
