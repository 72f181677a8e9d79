"""The thank-you: a hard window, and the first of four choices inside it.

Above the tests stands the sentence of the rules that they hold the plan to.
"""

import pytest

from icsgen.rules import Playbook
from tests.planning.cases import THANKS, Planned, plan_for, playbook

FRIDAY = "2026-11-13"
THURSDAY = "2026-11-12"


def ending(day: str, at: str, book: str | Playbook = "one-week") -> Planned:
    """The plan of an interview of half an hour that ended then, in New York."""
    hours, minutes = map(int, at.split(":"))
    begin = f"{hours - 1 + (minutes + 30) // 60:02}:{(minutes + 30) % 60:02}"
    return plan_for(book, start=f"{day}T{begin}", end=f"{day}T{at}")


def fallbacks(planned: Planned) -> list[str]:
    rules = [reason.rule for reason in planned[THANKS].reasons]
    return [rule for rule in rules if rule.startswith("thank-you-") and rule[-1].isdigit()]


def within(hours: int) -> Playbook:
    """A playbook whose thank-you has so many hours."""
    book = playbook("one-week")
    return book._replace(thank_you=book.thank_you._replace(hours=hours))


# The text: "thank_you has a hard window from the interview's end to H hours later."


def test_the_window_runs_from_the_end_of_the_interview() -> None:
    planned = plan_for("one-week")
    assert (planned.opens(THANKS), planned.closes(THANKS)) == ("Tue 11-10 15:00", "Wed 11-11 15:00")


# The text: "hours are elapsed time, across clock changes too"


def test_the_window_is_elapsed_time_when_clocks_go_forward() -> None:
    # New York, Sunday 8 March 2026: a day of 23 hours.
    assert ending("2026-03-07", "15:00").closes(THANKS) == "Sun 03-08 16:00"


def test_the_window_is_elapsed_time_when_clocks_go_back() -> None:
    # New York, Sunday 1 November 2026: a day of 25 hours.
    assert ending("2026-10-31", "15:00").closes(THANKS) == "Sun 11-01 14:00"


def test_an_hour_after_the_end_is_an_elapsed_hour() -> None:
    # Clocks go from 02:00 to 03:00; an hour after 01:30 is 03:30, and the same in autumn.
    book = within(1)
    assert ending("2026-03-08", "01:30", book).due(THANKS) == "Sun 03-08 03:30"
    assert ending("2026-11-01", "01:30", book).due(THANKS) == "Sun 11-01 01:30"
    assert ending("2026-11-01", "01:30", book)[THANKS].due.fold == 1


# The text: "(1) the earliest 09:30 on a workday, at least 1 h after the end and strictly …"


def test_a_workday_morning_in_the_window_comes_first() -> None:
    planned = ending(THURSDAY, "15:00")
    assert planned.due(THANKS) == "Fri 11-13 09:30"
    assert fallbacks(planned) == ["thank-you-1"]


def test_the_morning_may_be_exactly_an_hour_after_the_end() -> None:
    assert ending(THURSDAY, "08:30").due(THANKS) == "Thu 11-12 09:30"
    assert ending(THURSDAY, "08:31").due(THANKS) == "Thu 11-12 16:30"


def test_the_morning_at_the_very_end_of_the_window_is_too_late() -> None:
    assert ending(THURSDAY, "09:30").due(THANKS) == "Thu 11-12 16:30"
    assert ending(THURSDAY, "09:31").due(THANKS) == "Fri 11-13 09:30"


def test_a_week_start_that_check_ins_avoid_is_good_for_a_thank_you() -> None:
    # "Avoiding concerns check-ins and close-outs only."
    assert ending("2026-11-15", "11:00", "balanced").due(THANKS) == "Mon 11-16 09:30"


# The text: "(2) on the date of the interview's end, 16:30 or 1 h after the end, whichever …"


def test_else_it_goes_out_the_same_afternoon() -> None:
    planned = ending(FRIDAY, "11:00")
    assert planned.due(THANKS) == "Fri 11-13 16:30"
    assert fallbacks(planned) == ["thank-you-1", "thank-you-2"]


def test_or_an_hour_after_the_end_where_that_is_later() -> None:
    assert ending(FRIDAY, "15:30").due(THANKS) == "Fri 11-13 16:30"
    assert ending(FRIDAY, "15:31").due(THANKS) == "Fri 11-13 16:31"


def test_the_same_evening_serves_until_eight() -> None:
    assert ending(FRIDAY, "19:00").due(THANKS) == "Fri 11-13 20:00"
    assert ending(FRIDAY, "19:01").due(THANKS) == "Sat 11-14 09:30"


def test_an_hour_later_that_is_tomorrow_is_not_the_same_evening() -> None:
    assert ending(FRIDAY, "23:30").due(THANKS) == "Sat 11-14 09:30"


def test_the_afternoon_at_the_very_end_of_the_window_is_too_late() -> None:
    planned = ending(FRIDAY, "11:30", within(5))
    assert planned.due(THANKS) == "Fri 11-13 16:30"
    assert fallbacks(planned)[-1] == "thank-you-4"


def test_the_same_day_serves_only_if_it_is_a_workday() -> None:
    planned = plan_for(
        "one-week", closed=["2026-11-13"], start=f"{FRIDAY}T10:00", end=f"{FRIDAY}T11:00"
    )
    assert planned.due(THANKS) == "Fri 11-13 16:30"
    assert fallbacks(planned) == ["thank-you-1", "thank-you-2", "thank-you-3"]


# The text: "(3) the earliest 09:30 or 16:30 on any day, at least 1 h after the end and …"


def test_else_the_first_decent_hour_of_any_day_counts() -> None:
    planned = ending("2026-11-14", "08:30")
    assert planned.due(THANKS) == "Sat 11-14 09:30"
    assert fallbacks(planned) == ["thank-you-1", "thank-you-2", "thank-you-3"]
    assert ending("2026-11-14", "08:31").due(THANKS) == "Sat 11-14 16:30"


def test_the_hour_at_the_very_end_of_the_window_is_too_late_on_any_day() -> None:
    # Eight hours after 08:30 is 16:30, and the morning would come too soon.
    assert ending("2026-11-14", "08:31", within(8)).due(THANKS) == "Sat 11-14 16:30"
    assert ending("2026-11-14", "08:31", within(7)).due(THANKS) == "Sat 11-14 15:31"


# The text: "(4) the window's end. Each fallback taken is one of the reasons."


def test_else_the_end_of_the_window_counts() -> None:
    planned = ending("2026-11-10", "15:00", within(1))
    assert planned.due(THANKS) == "Tue 11-10 16:00"
    assert fallbacks(planned) == ["thank-you-1", "thank-you-2", "thank-you-3", "thank-you-4"]


# The text: "Slots: morning 09:30, afternoon 16:30 (playbook fields)."


@pytest.mark.parametrize(
    ("ends", "due"), [("11:00", "Fri 11-13 17:15"), ("08:30", "Fri 11-13 17:15")]
)
def test_the_hours_are_the_playbooks(ends: str, due: str) -> None:
    book = playbook("one-week")
    book = book._replace(
        morning=book.morning.replace(8, 0), afternoon=book.afternoon.replace(17, 15)
    )
    assert ending(FRIDAY, ends, book).due(THANKS) == due
    assert ending(THURSDAY, "15:00", book).due(THANKS) == "Fri 11-13 08:00"


# The text: "every date is the employer's local date"


def test_an_interview_that_ends_after_midnight_belongs_to_the_next_day() -> None:
    planned = plan_for("one-week", start="2026-11-12T23:30", end="2026-11-13T00:30")
    assert planned.due(THANKS) == "Fri 11-13 09:30"


def test_the_hours_are_those_of_the_employers_zone() -> None:
    planned = plan_for("one-week", end="2026-11-10T15:00-08:00")
    assert planned.closes(THANKS) == "Wed 11-11 18:00"
