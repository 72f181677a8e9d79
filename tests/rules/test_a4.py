"""What A4 says, as far as a plan can do it. The usual interview ends on Tue 2026-11-10 at 15:00."""

from collections.abc import Mapping

from icsgen.model import Channel
from icsgen.rules import Playbook
from tests.planning.cases import FIRST, LAST, SECOND, THANKS, plan_for

Books = Mapping[str, Playbook]

ANN = {"name": "Ann", "email": "ann@acme.example"}
WITH_PHONE = {**ANN, "phone": "+1 555 0100"}


def test_a4_1_a_thank_you_goes_out_within_48_hours(books: Books) -> None:
    for rapport in ("normal", "strong"):
        planned = plan_for(books["industry"], rapport=rapport)
        assert planned.due(THANKS) == "Thu 11-12 09:30"
        assert planned.closes(THANKS) == "Thu 11-12 15:00"
        assert planned.reason(THANKS, "thank-you-window").source == "A4.1"


def test_a4_2_the_first_check_in_comes_one_to_two_weeks_after_the_interview(books: Books) -> None:
    for industry in ("creative", "other"):
        planned = plan_for(books["industry"], industry=industry)
        assert planned.opens(FIRST) == "Tue 11-17 00:00"
        assert planned.on(FIRST) == "Fri 11-20"
        wait = planned.reason(FIRST, "wait")
        assert wait.source == "A4.2"
        assert "Count 10 days (7 to 14" in wait.text


def test_a4_3_it_goes_by_e_mail_unless_they_encouraged_another_way(books: Books) -> None:
    planned = plan_for(books["industry"], contacts=[WITH_PHONE])
    assert planned[FIRST].channel is Channel.EMAIL
    planned = plan_for(books["industry"], contacts=[WITH_PHONE], channel="phone")
    assert planned[FIRST].channel is Channel.PHONE


def test_a4_4_a_given_date_is_waited_out(books: Books) -> None:
    assert plan_for(books["industry"], promised="2026-12-01").on(FIRST) == "Wed 12-02"


def test_a4_5_tech_and_startups_answer_within_a_week(books: Books) -> None:
    for industry in ("tech", "startup"):
        planned = plan_for(books["industry"], industry=industry)
        assert planned.opens(FIRST) == "Tue 11-17 00:00"
        assert planned.on(FIRST) == "Tue 11-17"
        wait = planned.reason(FIRST, "wait")
        assert wait.source == "A4.5"
        assert "Count 7 days from" in wait.text


def test_a4_6_without_an_answer_to_the_e_mail_comes_one_short_call(books: Books) -> None:
    planned = plan_for(books["industry"], contacts=[WITH_PHONE])
    channels = [planned[step].channel for step in (FIRST, SECOND, LAST)]
    assert channels == [Channel.EMAIL, Channel.PHONE, None]
    assert planned.reason(SECOND, "channel").source == "A4.6"


def test_a4_6_the_call_is_made_a_week_after_the_e_mail(books: Books) -> None:
    planned = plan_for(books["industry"])
    assert planned.opens(SECOND) == "Fri 11-27 00:00"
    assert planned.on(SECOND) == "Fri 11-27"
    assert "Count 7 days from the first check-in on Friday 20 November" in planned.why(SECOND)


def test_a4_6_without_a_number_it_is_an_e_mail_and_says_so(books: Books) -> None:
    planned = plan_for(books["industry"], contacts=[ANN])
    assert planned[SECOND].channel is Channel.EMAIL
    assert "without a phone number" in planned.reason(SECOND, "channel").text
