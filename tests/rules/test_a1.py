"""What A1 says, as far as a plan can do it. The usual interview ends on Tue 2026-11-10 at 15:00."""

from collections.abc import Mapping

from icsgen.model import Channel
from icsgen.rules import Playbook
from tests.planning.cases import (
    FIRST,
    LAST,
    REPLY,
    SECOND,
    THANKED,
    THANKS,
    heard,
    plan_for,
    promised,
    sent,
)

Books = Mapping[str, Playbook]

ANN = {"name": "Ann", "email": "ann@acme.example"}
BOB = {"name": "Bob", "email": "bob@acme.example"}


def test_a1_2_the_main_contact_is_written_to(books: Books) -> None:
    planned = plan_for(books["thorough"], contacts=[ANN, BOB])
    assert [planned.to(step) for step in (THANKS, FIRST, SECOND, LAST)] == [["Ann"]] * 4


def test_a1_2_linkedin_serves_where_there_is_no_address(books: Books) -> None:
    eve = {"name": "Eve", "linkedin": "https://www.linkedin.com/in/eve"}
    planned = plan_for(books["thorough"], contacts=[eve])
    assert planned[FIRST].channel is Channel.LINKEDIN


def test_a1_3_an_agreed_date_is_waited_out(books: Books) -> None:
    assert plan_for(books["thorough"], promised="2026-12-01").on(FIRST) == "Wed 12-02"


def test_a1_3_else_the_first_check_in_waits_a_week(books: Books) -> None:
    planned = plan_for(books["thorough"])
    assert planned.opens(FIRST) == "Tue 11-17 00:00"
    assert planned.on(FIRST) == "Tue 11-17"
    wait = planned.reason(FIRST, "wait")
    assert wait.source == "A1.3"
    assert "Count 7 days from" in wait.text


def test_a1_3_a_slow_company_has_ten_days_to_two_weeks(books: Books) -> None:
    planned = plan_for(books["thorough"], pace="slow")
    assert planned.opens(FIRST) == "Fri 11-20 00:00"
    assert planned.on(FIRST) == "Fri 11-20"
    wait = planned.reason(FIRST, "wait")
    assert wait.source == "A1.3"
    assert "Count 10 days (10 to 14" in wait.text


def test_a1_3_a_large_company_has_two_weeks(books: Books) -> None:
    planned = plan_for(books["thorough"], size="large")
    assert planned.opens(FIRST) == "Tue 11-24 00:00"
    assert planned.on(FIRST) == "Tue 11-24"
    wait = planned.reason(FIRST, "wait")
    assert wait.source == "A1.3"
    assert "Count 14 days from" in wait.text


def test_a1_3_of_slow_and_large_the_longer_wait_counts(books: Books) -> None:
    assert plan_for(books["thorough"], pace="slow", size="large").on(FIRST) == "Tue 11-24"


def test_a1_4_no_check_in_falls_on_a_weekend(books: Books) -> None:
    saturday = {"start": "2026-11-14T10:00", "end": "2026-11-14T11:00"}
    assert plan_for(books["thorough"], **saturday).on(FIRST) == "Mon 11-23"


def test_a1_4_no_check_in_falls_on_a_holiday(books: Books) -> None:
    before_veterans_day = {"start": "2026-11-04T10:00", "end": "2026-11-04T11:00"}
    assert plan_for(books["thorough"], **before_veterans_day).on(FIRST) == "Thu 11-12"


def test_a1_5_a_thank_you_goes_out_within_48_hours(books: Books) -> None:
    for name in ("thorough", "balanced"):
        planned = plan_for(books[name])
        assert planned.due(THANKS) == "Thu 11-12 09:30"
        assert planned.closes(THANKS) == "Thu 11-12 15:00"
        window = planned.reason(THANKS, "thank-you-window")
        assert window.source == "A1.5"
        assert "within 48 hours" in window.text


def test_a1_5_where_the_rapport_was_strong_it_goes_out_within_24(books: Books) -> None:
    for name in ("thorough", "balanced"):
        planned = plan_for(books[name], rapport="strong")
        assert planned.due(THANKS) == "Tue 11-10 16:30"
        assert planned.closes(THANKS) == "Wed 11-11 15:00"
        window = planned.reason(THANKS, "thank-you-window")
        assert window.source == "A1.5"
        assert "within 24 hours" in window.text


def test_a1_6_the_second_check_in_comes_one_or_two_weeks_after_the_first(books: Books) -> None:
    planned = plan_for(books["thorough"])
    assert planned.opens(SECOND) == "Tue 11-24 00:00"
    assert planned.on(SECOND) == "Tue 11-24"
    wait = planned.reason(SECOND, "wait")
    assert wait.source == "A1.6"
    assert "Count 7 days (7 to 14" in wait.text


def test_a1_6_a_week_that_ends_on_a_holiday_leads_to_a_day_of_the_second_week(books: Books) -> None:
    # A week after the 18th is a plain Wednesday; a week after the 19th is Thanksgiving.
    assert plan_for(books["thorough"], sent(FIRST, "2026-11-18")).on(SECOND) == "Wed 11-25"
    assert plan_for(books["thorough"], sent(FIRST, "2026-11-19")).on(SECOND) == "Mon 11-30"


def test_a1_7_a_last_message_goes_out_two_weeks_after_the_second(books: Books) -> None:
    planned = plan_for(books["thorough"])
    assert planned.steps == [THANKS, FIRST, SECOND, LAST]
    assert planned.opens(LAST) == "Tue 12-08 00:00"
    assert planned.on(LAST) == "Tue 12-08"
    assert planned.to(LAST) == ["Ann"]
    assert planned[LAST].channel is Channel.EMAIL
    wait = planned.reason(LAST, "wait")
    assert wait.source == "A1.7"
    assert "Count 14 days from" in wait.text


def test_a1_8_a_promised_date_that_passed_is_written_to_on_the_next_business_day(
    books: Books,
) -> None:
    planned = plan_for(books["thorough"], promised="2026-11-18")
    assert planned.on(FIRST) == "Thu 11-19"
    assert planned[FIRST].kind == "after_promise"


def test_a1_9_a_posting_that_was_taken_down_is_a_sign_to_stop(books: Books) -> None:
    for name in books:
        planned = plan_for(books[name], THANKED, heard("posting-removed", "2026-11-12"))
        assert [planned.state(step) for step in (FIRST, SECOND, LAST)] == ["cancelled"] * 3
        assert REPLY not in planned.steps
        assert planned.reason(FIRST, "outcome").source == "A1.9"


def test_a1_10_an_offer_is_answered_within_a_day_even_on_a_weekend(books: Books) -> None:
    for name in books:
        planned = plan_for(books[name], THANKED, heard("offer", "2026-11-13T18:00"))
        assert planned.due(REPLY) == "Sat 11-14 09:30"
        assert planned[REPLY].kind == "offer_reply"
        assert planned.reason(REPLY, "reply").source == "A1.10"


def test_a1_11_an_invitation_to_talk_further_is_answered(books: Books) -> None:
    for name in books:
        planned = plan_for(books[name], THANKED, heard("next-round", "2026-11-13T18:00"))
        assert planned.due(REPLY) == "Mon 11-16 09:30"
        assert planned[REPLY].kind == "next_round_reply"
        assert planned.reason(REPLY, "reply").source == "A1.11"


def test_a1_12_a_rejection_is_answered_and_asks_for_feedback(books: Books) -> None:
    planned = plan_for(books["thorough"], THANKED, heard("rejected", "2026-11-13T18:00"))
    assert planned.due(REPLY) == "Mon 11-16 09:30"
    assert "ask for feedback" in planned.why(REPLY)


def test_a1_16_the_channel_they_named_wins(books: Books) -> None:
    ann = {**ANN, "phone": "+1 555 0100", "linkedin": "https://www.linkedin.com/in/ann"}
    for name in books:
        planned = plan_for(books[name], channel="linkedin", contacts=[ann])
        channels = {planned[step].channel for step in (THANKS, FIRST, SECOND)}
        assert channels == {Channel.LINKEDIN}
        assert planned.reason(SECOND, "channel").source == "A1.16"


def test_a1_21_an_answer_without_a_date_is_left_alone_for_two_weeks(books: Books) -> None:
    planned = plan_for(books["thorough"], THANKED, heard("replied", "2026-11-12"))
    # The 14th day is Thanksgiving, and the Friday after it a bridge day.
    assert planned.on(FIRST) == "Mon 11-30"
    assert planned.reason(FIRST, "answer").source == "A1.21"


def test_a1_23_the_second_check_in_goes_to_the_same_person_as_the_first(books: Books) -> None:
    journal = (THANKED, sent(FIRST, "2026-11-17", to="Bob"))
    for name in books:
        planned = plan_for(books[name], *journal, contacts=[ANN, BOB])
        assert planned.to(SECOND) == ["Bob"]


def test_a1_24_a_new_promise_never_adds_a_third_check_in(books: Books) -> None:
    asked_twice = (THANKED, sent(FIRST, "2026-11-17"), sent(SECOND, "2026-11-24"))
    for name in books:
        planned = plan_for(books[name], *asked_twice, promised("2026-11-25", "2026-12-04"))
        assert planned.steps == [THANKS, FIRST, SECOND, LAST]


def test_a1_25_where_nobody_is_known_hr_is_asked_for_the_contact(books: Books) -> None:
    planned = plan_for(books["thorough"], contacts=[])
    for step in (THANKS, FIRST, SECOND, LAST):
        assert planned[step].channel is None
        assert planned.reason(step, "channel").source == "A1.25"
