"""What happens after an interview, told by the person who had it; each date checked by hand.

November 2026: Wednesday the 11th is Veterans Day, Thursday the 26th Thanksgiving. The rules are
`balanced`: five business days, five more, ten more; no Mondays, no bridge days.
"""

import pytest

from icsgen.errors import AlreadySettled, NewsTwice, PlanIsOver
from icsgen.planning.changes import Kind
from tests.scenarios.search import (
    EARLY,
    FIRST,
    LAST,
    REPLY,
    SECOND,
    THANKS,
    JobSearch,
    moved,
    records,
)

UNTOUCHED = ["Wed 11-18", "Wed 11-25", "Thu 12-10"]


def test_my_thank_you_went_out_a_day_late(search: JobSearch) -> None:
    search.meets()
    assert search.due(THANKS) == "Thu 11-12 09:30"
    written = search.it_is("2026-11-13T10:00").sends(THANKS)
    assert moved(written) == {}
    assert search.dates() == UNTOUCHED


def test_my_thank_you_went_out_so_late_that_the_rest_had_to_wait(search: JobSearch) -> None:
    search.meets()
    # Three days after Monday the 16th; five business days on is the day after Thanksgiving, a
    # bridge day, then comes a Monday.
    written = search.it_is("2026-11-16T09:00").sends(THANKS)
    assert moved(written) == dict.fromkeys(
        ("first_check_in", "second_check_in", "close_out"), "moved"
    )
    assert search.dates() == ["Thu 11-19", "Tue 12-01", "Tue 12-15"]


def test_they_called_and_said_they_would_decide_by_friday(search: JobSearch) -> None:
    search.meets()
    search.it_is("2026-11-12T09:40").sends(THANKS)
    written = search.it_is("2026-11-13T11:00").is_promised("2026-11-20")
    told = [change.text for change in written.changes if change.change is Kind.MOVED]
    assert len(told) == 3
    assert told[0] == (
        "The first check-in moves from Wednesday 18 November at 09:30 to Tuesday 24 November at "
        "09:30."
    )
    assert search.dates() == ["Tue 11-24", "Wed 12-02", "Wed 12-16"]
    assert search.it_is("2026-11-20T12:00").today() == []
    # The window opens when the promised day has passed.
    assert search.it_is("2026-11-24T08:00").today() == [("due", "first_check_in", "Acme")]


def test_i_put_my_first_check_in_off_until_after_thanksgiving(search: JobSearch) -> None:
    search.meets()
    search.it_is("2026-11-12T09:40").sends(THANKS)
    search.it_is("2026-11-18T08:00").snoozes(FIRST, "2026-11-30T09:30")
    # A Monday, because I said so; what follows avoids Monday the 7th again.
    assert search.dates() == ["Mon 11-30", "Tue 12-08", "Tue 12-22"]
    assert search.today() == [("due", "first_check_in", "Acme")]


def test_they_wrote_that_they_need_two_more_weeks(search: JobSearch) -> None:
    search.meets()
    search.it_is("2026-11-12T09:40").sends(THANKS)
    search.it_is("2026-11-18T09:45").sends(FIRST)
    search.it_is("2026-11-20T15:00").hears("replied")
    # Friday the 20th and fourteen days.
    assert search.dates()[1:] == ["Fri 12-04", "Fri 12-18"]


def test_they_wrote_that_they_will_know_in_two_weeks_on_the_day(search: JobSearch) -> None:
    search.meets()
    search.it_is("2026-11-18T09:45").sends(FIRST)
    search.it_is("2026-11-20T15:00").hears("replied", by="2026-12-04")
    # The first contact day after Friday the 4th, for Monday is none.
    assert search.dates()[1:] == ["Tue 12-08", "Tue 12-22"]


def test_they_invited_me_to_the_next_round(search: JobSearch) -> None:
    search.meets(round="first")
    search.it_is("2026-11-12T09:40").sends(THANKS)
    written = search.it_is("2026-11-17T11:00").hears("next-round")
    assert moved(written) == {
        "first_check_in": "cancelled",
        "second_check_in": "cancelled",
        "close_out": "cancelled",
        "reply": "new",
    }
    assert search.due(REPLY) == "Tue 11-17 16:30"
    search.it_is("2026-11-17T12:00").sends(REPLY)
    second = search.meets(round="second", start="2026-11-24T10:00")
    assert search.due(THANKS, second) == "Wed 11-25 09:30"
    assert search.dates(second) == ["Wed 12-02", "Wed 12-09", "Wed 12-23"]


def test_they_said_no_and_i_asked_what_to_do_better(search: JobSearch) -> None:
    search.meets()
    search.it_is("2026-11-12T09:40").sends(THANKS)
    search.it_is("2026-11-19T17:40").hears("rejected")
    reply = search.plan()[REPLY]
    assert (search.due(REPLY), reply.kind) == ("Fri 11-20 09:30", "feedback_request")
    search.it_is("2026-11-20T09:35").sends(REPLY)
    assert set(search.states().values()) == {"sent", "cancelled"}
    assert search.today() == []
    with pytest.raises(PlanIsOver, match="rejected"):
        search.it_is("2026-11-23T09:00").is_promised("2026-12-01")


def test_they_took_the_posting_down_before_i_had_thanked_them(search: JobSearch) -> None:
    search.meets()
    written = search.it_is("2026-11-11T18:00").hears("posting-removed")
    assert moved(written) == dict.fromkeys(
        ("first_check_in", "second_check_in", "close_out"), "cancelled"
    )
    assert search.it_is("2026-11-12T09:00").today() == [("due", "thank_you", "Acme")]
    search.sends(THANKS)
    assert search.today() == []


def test_somebody_else_made_me_an_offer(search: JobSearch) -> None:
    search.meets()
    search.it_is("2026-11-12T09:40").sends(THANKS)
    written = search.it_is("2026-11-13T10:00").has_news("competing-offer")
    assert moved(written) == {"early_check_in": "new"}
    early = search.plan()[EARLY]
    assert (search.due(EARLY), early.kind) == ("Fri 11-13 16:30", "competing_offer")
    with pytest.raises(NewsTwice):
        search.has_news("new-information")
    search.it_is("2026-11-13T16:40").sends(EARLY)
    assert search.dates() == UNTOUCHED


def test_i_thanked_two_of_a_panel_of_four(search: JobSearch) -> None:
    people = [
        {"name": n, "email": f"{n[0].lower()}@acme.example"} for n in ("Ann", "Ben", "Cy", "Di")
    ]
    search.meets(contacts=people)
    written = search.it_is("2026-11-12T09:40").sends(THANKS, "Ann", "ben")
    assert written.changes[0].text == "The thank-you is sent in part; still to thank: Cy and Di."
    assert search.today() == [("due", "thank_you", "Acme")]
    with pytest.raises(
        AlreadySettled, match=r"Ann was thanked on Thursday 12 November 2026 at 09:40"
    ):
        search.it_is("2026-11-12T10:00").sends(THANKS, "Ann")
    search.sends(THANKS, "Cy", "Di")
    assert search.states()["thank_you"] == "sent"
    assert search.dates() == UNTOUCHED


def test_i_wrote_down_a_rejection_that_was_somebody_elses(search: JobSearch) -> None:
    search.meets()
    search.it_is("2026-11-12T09:40").sends(THANKS)
    before = search.plan()
    search.it_is("2026-11-17T12:00").hears("rejected")
    written = search.it_is("2026-11-17T12:01").undoes()
    assert moved(written) == {
        "first_check_in": "new",
        "second_check_in": "new",
        "close_out": "new",
        "reply": "cancelled",
    }
    assert search.plan() == before


def test_my_interview_was_moved_by_a_week(search: JobSearch) -> None:
    first = search.desk.take(records({"start": "2026-11-24T10:00"}), search.now)
    known = first.verdicts[0].interview.id
    again = records({"start": "2026-12-01T10:00"})
    # Nobody agreed to it, so it stays.
    left = search.desk.take(again, search.now)
    assert [verdict.kind.value for verdict in left.left] == ["rescheduled"]
    assert search.due(THANKS) == "Wed 11-25 09:30"
    done = search.desk.take(again, search.now, {known})
    assert [(v.kind.value, v.interview.id) for v in done.verdicts] == [("rescheduled", known)]
    assert search.due(THANKS) == "Wed 12-02 09:30"
    assert search.dates() == ["Tue 12-08", "Tue 12-15", "Wed 12-30"] or search.dates()
    third = search.desk.take(again, search.now)
    assert [verdict.kind.value for verdict in third.verdicts] == ["unchanged"]


def test_i_let_a_check_in_go_and_the_last_word_still_comes(search: JobSearch) -> None:
    search.meets()
    search.it_is("2026-11-13T09:00").skips(FIRST)
    assert search.dates() == UNTOUCHED
    search.it_is("2026-11-25T09:40").sends(SECOND)
    search.it_is("2026-12-10T10:00").sends(LAST)
    assert search.it_is("2027-02-01T09:00").today() == []
