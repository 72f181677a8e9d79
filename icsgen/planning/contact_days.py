"""Days on which a check-in may be sent, and in words why other days are passed over."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from icsgen.errors import OutOfRange
from icsgen.model import Reason
from icsgen.planning.moments import day_words, joined
from icsgen.planning.workdays import SEARCH_DAYS, Workdays
from icsgen.rules import Avoid, Playbook

# What to say of one day and of a run of days; {name} is a holiday's.
_CLAUSES = {
    "closed": ("{a} is closed", "{a} to {b} is closed"),
    "holiday": ("{a} is {name}", "{a} to {b} is {name}"),
    "weekend": ("{a} is a day off", "{a} and {b} are the weekend"),
    Avoid.WEEK_START: ("{a} starts the working week", "{a} to {b} starts the working week"),
    Avoid.BRIDGE_DAY: ("{a} is a bridge day", "{a} to {b} are bridge days"),
    Avoid.YEAR_END: ("{a} belongs to the year's end", "{a} to {b} is the year's end"),
}


class ContactDays(NamedTuple):
    """The contact days of one employer under one playbook."""

    workdays: Workdays
    playbook: Playbook

    def avoided(self, day: date) -> Avoid | None:
        """Give the kind of day to avoid that it is, or None."""
        return self.workdays.avoided(day, tuple(self.playbook.avoid))

    def is_contact_day(self, day: date) -> bool:
        """Tell whether a check-in may be sent that day."""
        return self.workdays.is_workday(day) and self.avoided(day) is None

    def first_from(self, day: date) -> date:
        """Give the first contact day on or after ``day``; OutOfRange if three years have none."""
        found = self.first_within(day, day + timedelta(days=SEARCH_DAYS))
        if found is None:
            raise OutOfRange(
                f"no day to write on within three years of {day.isoformat()}",
                where="closed",
                remedy="look at the closed days, the weekend and what the playbook avoids",
            )
        return found

    def first_within(self, first: date, last: date) -> date | None:
        """Give the first contact day from ``first`` to ``last``, both included."""
        return next(filter(self.is_contact_day, _days(first, last)), None)

    def last_within(self, first: date, last: date) -> date | None:
        """Give the last contact day from ``first`` to ``last``, both included."""
        return next(filter(self.is_contact_day, _days(last, first)), None)

    def passed_over(self, first: date, last: date, year: int) -> Reason | None:
        """Say why the days from ``first`` to before ``last`` do not serve; None if none are."""
        if first >= last:
            return None
        clauses: list[str] = []
        sources = ["ours"]
        days = _days(first, last - timedelta(days=1))
        for (kind, name), run in groupby(days, self._why_not):
            if kind is None:
                continue
            clauses.append(_clause(kind, name, list(run), year, follows=bool(clauses)))
            if isinstance(kind, Avoid):
                sources.append(self.playbook.avoid[kind].source)
        if not clauses:
            return None
        return Reason("day", min(sources), f"{joined(clauses)}.")

    def _why_not(self, day: date) -> tuple[str | None, str]:
        """Give what keeps a day from being a contact day, the year's end before all else."""
        days = self.workdays
        if Avoid.YEAR_END in self.playbook.avoid and days.is_year_end(day):
            return Avoid.YEAR_END, ""
        if days.is_closed(day):
            return "closed", ""
        if name := days.holiday(day):
            return "holiday", name
        if not days.is_workday(day):
            return "weekend", ""
        return self.avoided(day), ""


def _clause(kind: str, name: str, run: list[date], year: int, *, follows: bool) -> str:
    """Say what a run of days is, in a clause that may follow another."""
    if kind == "weekend" and follows:
        return "then comes the weekend"
    one, many = _CLAUSES[kind]
    a, b = day_words(run[0], year=year), day_words(run[-1], year=year)
    return (one if len(run) == 1 else many).format(a=a, b=b, name=name)


def _days(first: date, last: date) -> Iterator[date]:
    """Give the days from ``first`` to ``last``, both included; backwards if that is earlier."""
    step = 1 if first <= last else -1
    for n in range(abs((last - first).days) + 1):
        yield first + timedelta(days=step * n)
