"""Windows and status: when a step opens, is due, closes, and what it counts as at a moment.

Above the tests stands the sentence of the rules that they hold the plan to.
The usual interview ends on Tue 2026-11-10 at 15:00; one-week has check-ins on Tue 11-17 and Tue
11-24, and lets go on 12-01.
"""

import pytest

from icsgen.journal import Step
from icsgen.model import Severity, Status
from tests.planning.cases import (
    EARLY,
    FIRST,
    LAST,
    REPLY,
    SECOND,
    THANKED,
    THANKS,
    Planned,
    heard,
    news,
    plan_for,
    promised,
    sent,
    skipped,
    snoozed,
)

UPCOMING, DUE, OVERDUE, MISSED = Status.UPCOMING, Status.DUE, Status.OVERDUE, Status.MISSED


def statuses(planned: Planned, step: Step, *moments: str) -> list[Status]:
    return [planned.status(step, moment) for moment in moments]


# The text: "`opens`: a thank-you's at the interview's end"


def test_a_thank_you_opens_when_the_interview_ends() -> None:
    assert plan_for("balanced").opens(THANKS) == "Tue 11-10 15:00"


# The text: "a check-in's or close-out's at local midnight of the earliest date its wait …"


def test_a_check_in_opens_on_the_earliest_day_of_its_wait() -> None:
    assert plan_for("industry").opens(FIRST) == "Tue 11-17 00:00"


def test_a_check_in_opens_on_the_earliest_day_that_its_gap_allows() -> None:
    planned = plan_for("industry", sent(THANKS, "2026-11-16"))
    assert (planned.opens(FIRST), planned.on(FIRST)) == ("Thu 11-19 00:00", "Fri 11-20")


def test_a_check_in_opens_on_the_day_after_a_promise_whatever_the_wait() -> None:
    planned = plan_for("industry", THANKED, promised="2026-11-13")
    assert (planned.opens(FIRST), planned.on(FIRST)) == ("Sat 11-14 00:00", "Mon 11-16")


def test_a_check_in_that_a_promise_holds_back_opens_after_it() -> None:
    journal = (THANKED, promised("2026-11-12", "2026-11-26"), sent(FIRST, "2026-11-17"))
    assert plan_for("industry", *journal).opens(SECOND) == "Fri 11-27 00:00"


def test_an_answers_fourteen_days_do_not_hold_an_opening_back() -> None:
    planned = plan_for("one-week", THANKED, heard("replied", "2026-11-13"))
    assert (planned.opens(FIRST), planned.on(FIRST)) == ("Tue 11-17 00:00", "Fri 11-27")


def test_a_snooze_does_not_hold_an_opening_back() -> None:
    planned = plan_for("one-week", THANKED, snoozed(FIRST, "2026-11-12", "2026-11-27T10:00"))
    assert planned.opens(FIRST) == "Tue 11-17 00:00"


# The text: "never after its due date"


def test_a_check_in_never_opens_after_it_is_due() -> None:
    planned = plan_for("industry", THANKED, snoozed(FIRST, "2026-11-11", "2026-11-12T10:00"))
    assert (planned.opens(FIRST), planned.due(FIRST)) == ("Thu 11-12 00:00", "Thu 11-12 10:00")


def test_a_wait_that_was_shortened_opens_no_later_than_it_is_due() -> None:
    planned = plan_for("industry", closed=["2026-11-18/2026-11-24"])
    assert (planned.opens(FIRST), planned.on(FIRST)) == ("Tue 11-17 00:00", "Tue 11-17")


# The text: "others at their entry"


def test_a_reply_and_news_open_at_their_entry() -> None:
    told = (news("new-information", "2026-11-12T10:07"), heard("rejected", "2026-11-13T11:13"))
    planned = plan_for("one-week", THANKED, *told)
    assert (planned.opens(EARLY), planned.opens(REPLY)) == ("Thu 11-12 10:07", "Fri 11-13 11:13")


def test_midnight_that_a_clock_change_leaves_out_is_the_days_first_moment() -> None:
    # Chile, Sunday 6 September 2026: clocks go from 24:00 on Saturday to 01:00.
    planned = plan_for(
        "one-week",
        snoozed(FIRST, "2026-08-31", "2026-09-06T10:00"),
        start="2026-08-30T14:00",
        end="2026-08-30T15:00",
        timezone="America/Santiago",
        country="CL",
    )
    assert planned[FIRST].opens.isoformat() == "2026-09-06T00:00:00-04:00"


# The text: "`closes`: a thank-you's at its window's end (snoozed past it: the end of that …"


def test_a_thank_you_closes_at_its_windows_end() -> None:
    within = snoozed(THANKS, "2026-11-10T16:00", "2026-11-11T15:00")
    assert plan_for("one-week", within).closes(THANKS) == "Wed 11-11 15:00"


def test_a_thank_you_put_off_past_its_window_closes_at_the_end_of_that_day() -> None:
    beyond = snoozed(THANKS, "2026-11-10T16:00", "2026-11-11T15:01")
    planned = plan_for("one-week", beyond)
    assert planned.closes(THANKS) == "Wed 11-11 23:59"
    assert "past the thank-you's window" in planned.why(THANKS)


def test_a_thank_you_put_off_past_its_window_is_a_warning() -> None:
    beyond = snoozed(THANKS, "2026-11-10T16:00", "2026-11-11T15:01")
    (problem,) = plan_for("one-week", beyond).plan.problems
    assert problem.severity is Severity.WARNING
    assert problem.where == "thank_you"


# The text: "a check-in's at the due moment of the next step that is not skipped"


def test_a_check_in_closes_when_the_next_step_is_due() -> None:
    planned = plan_for("one-week")
    assert (planned.closes(FIRST), planned.closes(SECOND)) == ("Tue 11-24 09:30", "Tue 12-01 09:30")


def test_a_check_in_closes_when_the_next_step_that_is_not_skipped_is_due() -> None:
    planned = plan_for("one-week", skipped(SECOND, "2026-11-13"))
    assert planned.on(LAST) == "Tue 12-01"
    assert planned.closes(FIRST) == "Tue 12-01 09:30"


def test_news_may_be_the_next_step() -> None:
    told = news("new-information", "2026-11-18T10:00")
    planned = plan_for("one-week", THANKED, sent(FIRST, "2026-11-17"), told)
    assert planned.closes(FIRST) == "Wed 11-18 16:30"


# The text: "at least 1 day after its own due"


def test_a_check_in_stays_open_for_a_day_after_it_is_due() -> None:
    # The second was put off to the morning on which the first is due.
    planned = plan_for("one-week", snoozed(SECOND, "2026-11-12", "2026-11-17T12:00"))
    assert planned.closes(FIRST) == "Wed 11-18 09:30"


def test_a_check_in_that_nothing_follows_closes_a_day_after_it_is_due() -> None:
    journal = (skipped(SECOND, "2026-11-13"), skipped(LAST, "2026-11-13"))
    assert plan_for("one-week", *journal).closes(FIRST) == "Wed 11-18 09:30"


# The text: "a close-out's, reply's and early check-in's 7 days after due"


def test_all_else_closes_a_week_after_it_is_due() -> None:
    told = (news("new-information", "2026-11-12T10:00"), heard("rejected", "2026-11-13T10:00"))
    planned = plan_for("one-week", THANKED, *told)
    closings = [planned.closes(step) for step in (EARLY, REPLY)]
    assert closings == ["Thu 11-19 16:30", "Fri 11-20 16:30"]
    assert plan_for("one-week").closes(LAST) == "Tue 12-08 09:30"


def test_a_week_is_seven_days_of_the_calendar_when_clocks_change() -> None:
    # Clocks go back on Sunday 1 November 2026.
    october = {"start": "2026-10-06T14:00", "end": "2026-10-06T15:00"}
    planned = plan_for("one-week", **october)
    assert (planned.due(LAST), planned.closes(LAST)) == ("Tue 10-27 09:30", "Tue 11-03 09:30")


# The text: "Status: `sent`, `skipped`, `cancelled`"


def test_a_settled_step_keeps_its_status_for_good() -> None:
    journal = (THANKED, skipped(FIRST, "2026-11-12"), heard("rejected", "2026-11-13"))
    planned = plan_for("one-week", *journal)
    for moment in ("2026-11-10", "2026-11-17", "2027-11-17"):
        seen = [planned.status(step, moment) for step in (THANKS, FIRST, SECOND, LAST)]
        cancelled = Status.CANCELLED
        assert seen == [Status.SENT, Status.SKIPPED, cancelled, cancelled]


# The text: "else `upcoming` before opens; `due` from opens to the end of the due date …"


def test_a_check_in_is_due_from_its_opening_to_the_end_of_the_day_it_is_due() -> None:
    planned = plan_for("industry", THANKED)
    assert statuses(
        planned,
        FIRST,
        "2026-11-16T23:59:59",
        "2026-11-17T00:00:00",
        "2026-11-20T09:30:00",
        "2026-11-20T23:59:59",
        "2026-11-21T00:00:00",
    ) == [UPCOMING, DUE, DUE, DUE, OVERDUE]


def test_the_end_of_a_day_is_the_employers() -> None:
    # 04:59 in London is 23:59 the day before in New York.
    planned = plan_for("one-week", THANKED)
    moments = ("2026-11-18T04:59+00:00", "2026-11-18T05:00+00:00")
    assert statuses(planned, FIRST, *moments) == [DUE, OVERDUE]


# The text: "(a thank-you: to closes)"


def test_a_thank_you_is_due_to_the_end_of_its_window() -> None:
    planned = plan_for("one-week")
    assert statuses(
        planned,
        THANKS,
        "2026-11-10T14:59:59",
        "2026-11-10T15:00:00",
        "2026-11-11T15:00:00",
        "2026-11-11T15:00:01",
    ) == [UPCOMING, DUE, DUE, OVERDUE]


def test_a_thank_you_put_off_past_its_window_is_due_to_the_end_of_that_day() -> None:
    planned = plan_for("one-week", snoozed(THANKS, "2026-11-10T16:00", "2026-11-12T10:00"))
    moments = ("2026-11-12T23:59:59", "2026-11-13T00:00:00")
    assert statuses(planned, THANKS, *moments) == [DUE, OVERDUE]


# The text: "A step is neither `due` nor `overdue` while an earlier check-in is open: … a …"


def test_a_step_behind_an_open_check_in_is_a_forecast() -> None:
    planned = plan_for("one-week", THANKED)
    assert [planned[step].forecast for step in (THANKS, FIRST, SECOND, LAST)] == [
        False,
        False,
        True,
        True,
    ]
    assert statuses(planned, SECOND, "2026-11-24", "2026-12-10") == [UPCOMING, UPCOMING]


@pytest.mark.parametrize("settled", [sent(FIRST, "2026-11-17"), skipped(FIRST, "2026-11-17")])
def test_a_settled_check_in_makes_the_next_date_certain(settled: dict[str, object]) -> None:
    planned = plan_for("one-week", THANKED, settled)
    assert [planned[step].forecast for step in (SECOND, LAST)] == [False, True]
    assert planned.status(SECOND, "2026-11-24") is DUE


def test_what_stands_behind_open_news_is_a_forecast_too() -> None:
    planned = plan_for("one-week", THANKED, news("new-information", "2026-11-12T10:00"))
    assert [planned[step].forecast for step in (EARLY, FIRST)] == [False, True]


def test_an_open_thank_you_makes_no_forecast() -> None:
    assert not plan_for("one-week")[FIRST].forecast


def test_a_reply_is_never_a_forecast() -> None:
    planned = plan_for("one-week", heard("rejected", "2026-11-12"))
    assert not planned[REPLY].forecast


# The text: "A thank-you unsent when the first check-in opens … is `missed`"


def test_a_thank_you_is_missed_from_the_moment_the_first_check_in_opens() -> None:
    planned = plan_for("one-week")
    moments = ("2026-11-16T23:59:59", "2026-11-17T00:00:00")
    assert statuses(planned, THANKS, *moments) == [OVERDUE, MISSED]


# The text: "and every open step 14 days after the close-out's due, is `missed`"


def test_every_open_step_is_missed_two_weeks_after_the_close_out() -> None:
    planned = plan_for("one-week", THANKED, sent(FIRST, "2026-11-17"))
    moments = ("2026-12-15T09:29:59", "2026-12-15T09:30:00")
    assert statuses(planned, SECOND, *moments) == [OVERDUE, MISSED]
    assert statuses(planned, LAST, *moments) == [UPCOMING, MISSED]


def test_also_a_reply_is_missed_then() -> None:
    planned = plan_for("one-week", THANKED, heard("rejected", "2026-12-14T16:00"))
    moments = ("2026-12-15T09:29:59", "2026-12-15T09:30:00")
    assert statuses(planned, REPLY, *moments) == [DUE, MISSED]


def test_a_close_out_that_moves_takes_that_day_with_it() -> None:
    journal = (sent(FIRST, "2026-11-17"), promised("2026-11-18", "2026-12-18"))
    planned = plan_for("one-week", THANKED, *journal)
    assert planned.on(LAST) == "Mon 12-28"
    assert planned.status(SECOND, "2027-01-11T09:29") is OVERDUE
    assert planned.status(SECOND, "2027-01-11T09:30") is MISSED


# The order of the steps.


def test_follow_ups_come_in_the_order_of_the_steps() -> None:
    told = (news("new-information", "2026-11-12"), heard("rejected", "2026-11-13"))
    planned = plan_for("one-week", THANKED, *told)
    assert planned.steps == [THANKS, EARLY, FIRST, SECOND, LAST, REPLY]
    assert {follow_up.interview_id for follow_up in planned.plan.follow_ups} == {"x"}
    assert planned.plan.playbook == "one-week"


def test_a_sent_thank_you_of_an_interview_that_was_moved_is_not_called_put_off() -> None:
    # The window is the new interview's; the kept due date was the old one's, and nobody snoozed.
    made = plan_for("balanced", sent(THANKS, "2026-11-12T10:00", due="2026-11-20T09:30"))
    assert made.warnings == []
