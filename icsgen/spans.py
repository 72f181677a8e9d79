"""Which years an interview's plan may look at, from every date that it stands on."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from icsgen.errors import OutOfRange
from icsgen.journal import Heard, Promised, Sent, Skipped, Snoozed, Undone
from icsgen.model import Interview

YEARS_CLOSED = 4
"""How far a closed period can carry a plan: the search for a day ends after three years."""


class Dated(NamedTuple):
    """A date that the plan stands on, and the field that says it."""

    field: str
    on: date


def dates_of(interview: Interview) -> Iterator[Dated]:
    """Give the dates from which waits are counted; an undone or ignored entry has none."""
    yield Dated("start", interview.start.date())
    yield Dated("end", interview.end.date())
    ended_on = interview.end.date()
    if interview.promised is not None and interview.promised >= ended_on:
        yield Dated("promised", interview.promised)
    undone = {entry.entry for entry in interview.journal if isinstance(entry, Undone)}
    for position, entry in enumerate(interview.journal):
        if position in undone:
            continue
        where = f"journal[{position}]"
        yield Dated(f"{where}.at", entry.at.date())
        match entry:
            case Sent(due=due) | Skipped(due=due) if due is not None:
                yield Dated(f"{where}.due", due.date())
            case Snoozed(until=until) if until >= entry.at:
                yield Dated(f"{where}.until", until.date())
            case Promised(on=on) if on >= ended_on:
                yield Dated(f"{where}.date", on)
            case Heard(promised=on) if on is not None and on >= ended_on:
                yield Dated(f"{where}.promised", on)


def years_around(
    dates: Iterable[Dated], closed: Iterable[tuple[date, date]], ahead: int
) -> frozenset[int]:
    """Give the years that a plan from these dates may look at."""
    known = {dated.on.year for dated in dates}
    years = {near for year in known for near in range(year - 1, year + ahead + 1)}
    reach = max(known) + YEARS_CLOSED
    for first, last in closed:
        if first.year <= reach and last.year >= min(known):
            years.update(range(max(first.year, min(known)), min(last.year, reach) + ahead + 1))
    return frozenset(years)


def check_range(dates: Iterable[Dated], first: int, last: int, whose: str, place: str) -> None:
    """Refuse a date outside the years from ``first`` to ``last``, naming its field."""
    for dated in dates:
        if not first <= dated.on.year <= last:
            raise OutOfRange(
                f"no workdays are known for {dated.on.isoformat()} ({place}: {first} to {last})",
                where=f"{whose}: {dated.field}",
                remedy="check the year, or leave the country out to count weekends only",
            )
