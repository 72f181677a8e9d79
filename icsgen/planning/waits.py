"""From a base date and a wait to a due date: preferred to latest, else earlier, else after."""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from icsgen.model import Interview, Reason
from icsgen.planning.contact_days import ContactDays
from icsgen.planning.moments import day_words, joined
from icsgen.rules import Cite, StepRule, Wait


class Waited(NamedTuple):
    """A wait's due date, the earliest date it allows, and why."""

    due: date
    earliest: date
    reasons: tuple[Reason, ...]


def wait_of(rule: StepRule, interview: Interview) -> tuple[Wait, Cite]:
    """Give the wait that applies: of the cases that fit the longest, else the rule's own."""
    fitting = [(case.wait, case.cite) for case in rule.when if case.fits(interview)]
    return max(fitting, key=lambda found: _length(found[0]), default=(rule.wait, rule.cite))


def _length(wait: Wait) -> tuple[float, float]:
    """Give lengths that compare across units: five business days are a week."""
    scale = 7 / 5 if wait.business else 1
    return wait.preferred * scale, wait.latest * scale


def waited(
    wait: Wait, cite: Cite, base: date, base_words: str, contact_days: ContactDays
) -> Waited:
    """Give the due date that ``wait`` leads to from ``base``, which is said as ``base_words``."""

    def after(count: int) -> date:
        if wait.business:
            return contact_days.workdays.nth_workday(base, count)
        return base + timedelta(days=count)

    counts = (wait.earliest, wait.preferred, wait.latest)
    dates = {count: after(count) for count in set(counts)}  # mostly one: counting takes longest
    earliest, preferred, latest = (dates[count] for count in counts)
    counted = _counted(wait, cite, base, base_words, preferred)
    if due := contact_days.first_within(preferred, latest):
        shift = contact_days.passed_over(preferred, due, base.year)
    elif due := contact_days.last_within(earliest, preferred):
        shift = contact_days.passed_over(preferred, latest + timedelta(days=1), base.year)
    else:
        due = contact_days.first_from(latest + timedelta(days=1))
        shift = contact_days.passed_over(preferred, due, base.year)
    holidays = _not_counted(wait, base, preferred, contact_days)
    found = (counted, _because(cite), holidays, _moved(shift, due, base.year))
    return Waited(due, earliest, tuple(reason for reason in found if reason))


def _counted(wait: Wait, cite: Cite, base: date, base_words: str, preferred: date) -> Reason:
    unit = "business day" if wait.business else "day"
    plural = "" if wait.preferred == 1 else "s"
    bounds = f" ({wait.earliest} to {wait.latest} will do)" if wait.earliest != wait.latest else ""
    return Reason(
        "wait",
        cite.source,
        f"Count {wait.preferred} {unit}{plural}{bounds} from {base_words}: "
        f"that makes it {day_words(preferred, year=base.year)}.",
    )


@lru_cache(maxsize=256)
def _because(cite: Cite) -> Reason | None:
    """Give a choice of our own its reason, as the playbook words it."""
    if not cite.because:
        return None
    return Reason("because", "ours", f"{cite.because[0].upper()}{cite.because[1:]}.")


def _not_counted(wait: Wait, base: date, until: date, contact_days: ContactDays) -> Reason | None:
    """Name the holidays and closed days that a count of business days stepped over."""
    if not wait.business:
        return None
    workdays = contact_days.workdays
    names = []
    for n in range(1, (until - base).days):
        day = base + timedelta(days=n)
        if workdays.is_workday(day) or workdays.is_weekend(day):
            continue
        name = workdays.holiday(day) or "a closed day"
        names.append(f"{day_words(day, year=base.year)} is {name}")
    if not names:
        return None
    does = "does" if len(names) == 1 else "do"
    return Reason("workday", "ours", f"{joined(names)} and {does} not count.")


def _moved(shift: Reason | None, due: date, year: int) -> Reason | None:
    if shift is None:
        return None
    text = f"{shift.text.removesuffix('.')}, so it is {day_words(due, year=year)}."
    return Reason(shift.rule, shift.source, text)
