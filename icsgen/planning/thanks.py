"""When a thank-you is due in its hard window (A0.3, A1.5, A4.1): the first of four choices."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple

from icsgen.model import Interview, Rapport, Reason
from icsgen.planning.moments import day_words, elapsed, slot, utc
from icsgen.planning.workdays import Workdays
from icsgen.rules import Playbook

REST_HOURS = 1
"""Nobody is asked to write sooner than an hour after the interview."""
LATEST_EVENING = time(20, 0)
"""On the interview's own day nothing is due later than this."""


class ThankYou(NamedTuple):
    """A thank-you's window and its due moment, by which of the four choices, with reasons."""

    end_at: datetime
    due: datetime
    choice: int
    reasons: tuple[Reason, ...]


def thank_you(interview: Interview, playbook: Playbook, workdays: Workdays) -> ThankYou:
    """Give the thank-you's window end and due moment (``docs/rules.md``, thank_you)."""
    rule = playbook.thank_you
    strong = interview.rapport is Rapport.STRONG
    hours, cite = (rule.strong_hours, rule.strong_cite) if strong else (rule.hours, rule.hours_cite)
    end_at = elapsed(interview.end, hours)
    due, choice = _due(interview, playbook, workdays, end_at)
    off = not workdays.is_workday(interview.end.date())
    why = " because the rapport was strong" if strong and rule.strong_hours != rule.hours else ""
    window = Reason(
        "thank-you-window",
        cite.source,
        f"A thank-you belongs within {hours} hours of the interview{why}: "
        f"by {_clock(end_at)} on {day_words(end_at.date())}.",
    )
    return ThankYou(
        end_at, due, choice, (window, *_choice_reasons(choice, due, interview, off=off))
    )


def _due(
    interview: Interview, playbook: Playbook, workdays: Workdays, end_at: datetime
) -> tuple[datetime, int]:
    soonest = elapsed(interview.end, REST_HOURS)

    def fits(moment: datetime) -> bool:
        return utc(soonest) <= utc(moment) < utc(end_at)

    morning = (playbook.morning,)
    for moment in _slots(interview.end, end_at, morning):
        if workdays.is_workday(moment.date()) and fits(moment):
            return moment, 1
    evening = _same_day(interview, playbook, soonest)
    if evening and workdays.is_workday(evening.date()) and utc(evening) < utc(end_at):
        return evening, 2
    for moment in _slots(interview.end, end_at, (playbook.morning, playbook.afternoon)):
        if fits(moment):
            return moment, 3
    return end_at, 4


def _slots(start: datetime, end: datetime, times: tuple[time, ...]) -> Iterator[datetime]:
    for n in range((end.date() - start.date()).days + 1):
        day = start.date() + timedelta(days=n)
        yield from (slot(day, at, start.tzinfo) for at in times)


def _same_day(interview: Interview, playbook: Playbook, soonest: datetime) -> datetime | None:
    """Give the later of the afternoon and an hour after the end, if that is a decent hour."""
    day = interview.end.date()
    afternoon = slot(day, playbook.afternoon, interview.zone)
    moment = max(afternoon, soonest, key=utc)
    decent = moment.date() == day and moment.time() <= LATEST_EVENING
    return moment if decent else None


def _choice_reasons(
    choice: int, due: datetime, interview: Interview, *, off: bool
) -> Iterator[Reason]:
    day = day_words(due.date())
    if choice == 1:
        yield Reason(
            "thank-you-1",
            "ours",
            f"{_clock(due)} on {day} is the first workday morning in that time.",
        )
        return
    yield Reason("thank-you-1", "ours", "No workday morning falls in that time.")
    if choice == 2:
        yield Reason("thank-you-2", "ours", f"So it goes out the same day, at {_clock(due)}.")
        return
    same_day = day_words(interview.end.date())
    yield Reason(
        "thank-you-2",
        "ours",
        f"{same_day} itself is a day off."
        if off
        else f"On {same_day} itself it is too late by then.",
    )
    if choice == 3:
        yield Reason(
            "thank-you-3", "ours", f"{_clock(due)} on {day} is the first decent hour in that time."
        )
        return
    yield Reason("thank-you-3", "ours", "No morning or afternoon falls in that time either.")
    yield Reason("thank-you-4", "ours", "So the last moment of that time counts.")


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M}"
