"""Waits: a preferred length with bounds, counted from a base date.

Above the tests stands the sentence of the rules that they hold the plan to.
"""

import pytest

from icsgen.errors import OutOfRange
from icsgen.model import Pace, Size
from icsgen.planning.plan import plan
from icsgen.planning.workdays import SATURDAY_SUNDAY, Workdays, YearTable
from icsgen.rules import OURS, Playbook, Wait, WaitCase
from tests.planning.cases import (
    FIRST,
    LAST,
    SECOND,
    THANKED,
    THANKS,
    USUAL,
    heard,
    interview_of,
    plan_for,
    playbook,
    sent,
    skipped,
)


def waiting(wait: Wait, *when: WaitCase, book: str = "one-week") -> Playbook:
    """A playbook whose first check-in waits like that."""
    base = playbook(book)
    rule = base.steps[FIRST]._replace(wait=wait, when=when)
    return base._replace(steps={**base.steps, FIRST: rule})


# The text: "`n days` adds n days; `n business days` is the n-th workday after the base."


def test_days_are_days_of_the_calendar() -> None:
    assert plan_for(waiting(Wait(8, 8, 8))).on(FIRST) == "Wed 11-18"


def test_business_days_leave_weekends_and_holidays_out() -> None:
    # 12, 13, 16, 17, 18, 19 November; the 11th is Veterans Day.
    assert plan_for(waiting(Wait(6, 6, 6, business=True))).on(FIRST) == "Thu 11-19"


def test_business_days_leave_closed_days_out() -> None:
    book = waiting(Wait(6, 6, 6, business=True))
    assert plan_for(book, closed=["2026-11-12/2026-11-13"]).on(FIRST) == "Mon 11-23"


def test_the_holidays_that_a_count_stepped_over_are_named() -> None:
    book = waiting(Wait(6, 6, 6, business=True))
    assert plan_for(book).reason(FIRST, "workday").text == (
        "Wednesday 11 November is Veterans Day and does not count."
    )
    two = plan_for(book, closed=["2026-11-13"]).reason(FIRST, "workday").text
    assert "Wednesday 11 November is Veterans Day" in two
    assert "Friday 13 November" in two
    assert two.endswith("do not count.")


def test_avoided_days_still_count_as_workdays() -> None:
    # Monday the 16th is avoided and counted: 12, 13, 16, 17.
    book = waiting(Wait(4, 4, 4, business=True), book="tuesday")
    assert plan_for(book).on(FIRST) == "Tue 11-17"


# The text: "Due is the first contact day from preferred to latest"


def test_a_preferred_day_that_is_a_holiday_leads_to_the_next_contact_day() -> None:
    book = waiting(Wait(16, 14, 20))
    assert plan_for(book).on(FIRST) == "Fri 11-27"
    assert "Thanksgiving" in plan_for(book).why(FIRST)


def test_the_latest_day_is_still_in_time() -> None:
    # Preferred Sat 11-14, latest Mon 11-16.
    assert plan_for(waiting(Wait(4, 3, 6))).on(FIRST) == "Mon 11-16"


# The text: "failing that, the last contact day from earliest up to preferred"


def test_where_no_day_up_to_the_latest_serves_the_wait_is_shortened() -> None:
    # Preferred Sat 11-14, latest Sun 11-15, earliest Thu 11-12: the Friday is the last.
    planned = plan_for(waiting(Wait(4, 2, 5)), THANKED)
    assert planned.on(FIRST) == "Fri 11-13"
    assert planned.reason(FIRST, "day").text == (
        "Saturday 14 November and Sunday 15 November are the weekend, so it is Friday 13 November."
    )


def test_the_earliest_day_is_late_enough() -> None:
    planned = plan_for(waiting(Wait(11, 10, 12)))
    assert planned.on(FIRST) == "Fri 11-20"


# The text: "failing that, the first contact day after latest; always in the morning"


def test_where_no_day_within_the_bounds_serves_the_next_one_after_them_does() -> None:
    planned = plan_for(waiting(Wait(11, 11, 12)))
    assert planned.due(FIRST) == "Mon 11-23 09:30"
    planned = plan_for("industry", closed=["2026-11-17/2026-11-24"])
    assert planned.on(FIRST) == "Wed 11-25"


def test_bounds_in_business_days_are_counted_in_business_days() -> None:
    # 5 (3-6) from the 10th: preferred Wed 11-18, latest Thu 11-19, earliest Mon 11-16; closing
    # Wed and Thu moves the 5th and 6th to Fri 11-20 and Mon 11-23.
    book = waiting(Wait(5, 3, 6, business=True))
    planned = plan_for(book, closed=["2026-11-18/2026-11-19"])
    assert (planned.opens(FIRST), planned.on(FIRST)) == ("Mon 11-16 00:00", "Fri 11-20")


# The text: "It counts from a base date: `first_check_in` from the interview's end date"


def test_an_interview_past_midnight_counts_from_its_end() -> None:
    assert plan_for("one-week", end="2026-11-11T00:30").on(FIRST) == "Wed 11-18"


# The text: "Where several columns fit, the longest wait counts."


def test_of_several_cases_the_longest_counts() -> None:
    assert plan_for("balanced", industry="government", pace="slow").on(FIRST) == "Thu 12-03"
    assert plan_for("balanced", industry="corporate", size="large").on(FIRST) == "Wed 11-25"


def test_a_case_takes_the_place_of_the_plain_wait_even_if_it_is_shorter() -> None:
    assert plan_for("industry", industry="tech").on(FIRST) == "Tue 11-17"


def test_ten_business_days_are_longer_than_thirteen_days_and_shorter_than_fifteen() -> None:
    ten = WaitCase("size", Size.LARGE, Wait(10, 10, 10, business=True), OURS)
    for other, due in ((13, "Tue 11-24"), (15, "Wed 11-25")):
        slow = WaitCase("pace", Pace.SLOW, Wait(other, other, other), OURS)
        book = waiting(Wait(1, 1, 1), ten, slow)
        assert plan_for(book, country=None, pace="slow", size="large").on(FIRST) == due


# The text: "The base of what follows is the date a step was sent (the latest `sent`)"


def test_what_follows_counts_from_the_day_it_was_sent() -> None:
    assert plan_for("one-week", sent(FIRST, "2026-11-19")).dates()[1:] == ["Fri 11-27", "Fri 12-04"]


def test_of_several_sendings_the_latest_counts() -> None:
    planned = plan_for("one-week", sent(FIRST, "2026-11-17"), sent(FIRST, "2026-11-20"))
    assert planned.on(SECOND) == "Fri 11-27"


def test_the_day_it_was_sent_is_the_employers() -> None:
    # 02:00 in London on the 18th is still the 17th in New York.
    assert plan_for("one-week", sent(FIRST, "2026-11-18T02:00+00:00")).on(SECOND) == "Tue 11-24"


# The text: "else, if skipped, the later of its due date and the day it was skipped"


def test_what_follows_a_step_that_is_skipped_early_counts_from_its_due_date() -> None:
    assert plan_for("one-week", skipped(FIRST, "2026-11-13")).on(SECOND) == "Tue 11-24"


def test_what_follows_a_step_that_is_skipped_late_counts_from_that_day() -> None:
    assert plan_for("one-week", skipped(FIRST, "2026-11-20")).on(SECOND) == "Fri 11-27"


# The text: "else its due date"


def test_what_follows_an_open_step_counts_from_its_due_date() -> None:
    assert plan_for("one-week").dates() == ["Tue 11-17", "Tue 11-24", "Tue 12-01"]


# A year that no table knows, and days that never come: an error, never a wrong date.


def years(*known: int) -> Workdays:
    weekend = dict.fromkeys(range(1, 13), SATURDAY_SUNDAY)
    return Workdays({year: YearTable(weekend, {}) for year in known}, place="Nowhere")


def test_a_year_that_is_in_no_table_is_an_error_that_names_the_date() -> None:
    interview = interview_of({**USUAL, "start": "2026-12-22T14:00", "end": "2026-12-22T15:00"})
    with pytest.raises(OutOfRange, match="2027-01") as caught:
        plan(interview, (), playbook("balanced"), years(2026))
    assert caught.value.where == "Nowhere"
    assert plan(interview, (), playbook("balanced"), years(2026, 2027)).follow_ups


def test_three_years_of_closed_days_are_an_error_that_names_the_field() -> None:
    for book in ("one-week", "balanced"):
        with pytest.raises(OutOfRange) as caught:
            plan_for(book, country=None, closed=["2026-11-11/2030-12-31"])
        assert caught.value.where == "closed"


def test_a_reply_that_finds_no_workday_in_three_years_is_an_error_too() -> None:
    told = heard("rejected", "2026-11-12")
    with pytest.raises(OutOfRange) as caught:
        plan_for("one-week", told, country=None, closed=["2026-11-12/2030-12-31"])
    assert caught.value.where == "closed"


def test_no_workday_at_all_still_gives_a_thank_you_its_hour() -> None:
    closed = ["2026-11-10/2026-11-12"]
    assert plan_for("one-week", closed=closed).due(THANKS) == "Tue 11-10 16:30"


def test_a_last_date_counts_from_the_second() -> None:
    planned = plan_for("tuesday", sent(FIRST, "2026-11-17"), sent(SECOND, "2026-11-23"))
    assert planned.on(LAST) == "Tue 12-01"  # Mon 11-30 starts a week
