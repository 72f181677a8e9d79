"""Which days an employer works, from frozen tables: workdays, week starts, bridge days, year's end.

``docs/rules.md`` says what the words mean. The tables are made by ``workcalendar`` and given.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from icsgen.errors import OutOfRange
from icsgen.rules import Avoid

ONE_DAY = timedelta(days=1)
SEARCH_DAYS = 3 * 366
"""How far to look for a day: three years of closed days are a slip, not a plan."""
SATURDAY_SUNDAY = frozenset({5, 6})


class YearTable(NamedTuple):
    """One year of one country or subdivision, observed holidays included."""

    weekend: Mapping[int, frozenset[int]]
    """Month (1-12) to that month's weekend, Monday 0 to Sunday 6."""
    holidays: Mapping[date, str]
    """Public holidays and their names."""
    worked: frozenset[date] = frozenset()
    """Weekend days worked by decree."""


class Workdays:
    """The days of one interview's employer; a pure table, so it answers the same everywhere.

    Without ``years`` no country is known, and every Saturday and Sunday is off. ``weekend`` is the
    person's own, in the place of the country's; ``closed`` has closed days as first and last, both
    included; ``place`` is the country in words, for messages.
    """

    __slots__ = ("_avoided", "_known", "closed", "place", "weekend", "years")

    def __init__(
        self,
        years: Mapping[int, YearTable] | None = None,
        weekend: frozenset[int] | None = None,
        closed: tuple[tuple[date, date], ...] = (),
        place: str = "",
    ) -> None:
        self.years: Final = years
        self.weekend: Final = weekend
        self.closed: Final = closed
        self.place: Final = place
        self._known: dict[date, bool] = {}
        self._avoided: dict[tuple[Avoid, ...], dict[date, Avoid | None]] = {}

    def avoided(self, day: date, kinds: tuple[Avoid, ...]) -> Avoid | None:
        """Give the first of these kinds of day that it is, or None."""
        known = self._avoided.setdefault(kinds, {})
        if day not in known:
            known[day] = next((kind for kind in kinds if self._is(kind, day)), None)
        return known[day]

    def _is(self, kind: Avoid, day: date) -> bool:
        match kind:
            case Avoid.WEEK_START:
                return self.is_week_start(day)
            case Avoid.BRIDGE_DAY:
                return self.is_bridge_day(day)
            case Avoid.YEAR_END:
                return self.is_year_end(day)

    def _year(self, day: date) -> YearTable:
        if self.years is None:
            return _NO_COUNTRY
        try:
            return self.years[day.year]
        except KeyError:
            known = f"{min(self.years)} to {max(self.years)}" if self.years else "none"
            raise OutOfRange(
                f"no workdays are known for {day.isoformat()} (known years: {known})",
                where=self.place,
                remedy="use dates inside those years, or leave the country out: weekends only",
            ) from None

    def holiday(self, day: date) -> str | None:
        """Give the public holiday's name, or None."""
        return self._year(day).holidays.get(day)

    def is_closed(self, day: date) -> bool:
        """Tell whether the person named it a closed day."""
        return any(first <= day <= last for first, last in self.closed)

    def is_weekend(self, day: date) -> bool:
        """Tell whether it is by nature a weekend day, whatever a decree says."""
        weekend = self.weekend
        if weekend is None:
            weekend = self._year(day).weekend[day.month]
        return day.weekday() in weekend

    def is_workday(self, day: date) -> bool:
        """Tell whether the employer works that day."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = self._is_workday(day)
        return known

    def _is_workday(self, day: date) -> bool:
        if self.is_closed(day):
            return False
        if self.is_weekend(day):
            # A weekend the person named is theirs; a decree only moves the country's.
            return self.weekend is None and day in self._year(day).worked
        return self.holiday(day) is None

    def is_week_start(self, day: date) -> bool:
        """Tell whether it is by nature the first day of a working week."""
        return not self.is_weekend(day) and self.is_weekend(day - ONE_DAY)

    def is_bridge_day(self, day: date) -> bool:
        """Tell whether it is a workday between two days that are not."""
        return self.is_workday(day) and not (
            self.is_workday(day - ONE_DAY) or self.is_workday(day + ONE_DAY)
        )

    def is_year_end(self, day: date) -> bool:
        """Tell whether it falls from 24 December to 1 January where 25 December is a holiday."""
        if (day.month, day.day) == (1, 1):
            return self.holiday(date(day.year - 1, 12, 25)) is not None
        in_december = day.month == 12 and day.day >= 24
        return in_december and self.holiday(date(day.year, 12, 25)) is not None

    def nth_workday(self, base: date, count: int) -> date:
        """Give the ``count``-th workday after ``base`` (1 is the next)."""
        day = base
        for _ in range(SEARCH_DAYS):
            day += ONE_DAY
            count -= self.is_workday(day)
            if not count:
                return day
        raise OutOfRange(
            f"too few workdays within three years of {base.isoformat()}",
            where="closed",
            remedy="look at the closed days and the weekend",
        )


_NO_COUNTRY = YearTable(weekend=dict.fromkeys(range(1, 13), SATURDAY_SUNDAY), holidays={})
