"""The rule by which a zone's clocks change every year, from a TZif file's POSIX TZ string.

RFC 9636 section 3.3.2 and POSIX.1-2024 section 8.3 say how it is written, with hours from -167 to
167: ``IST-2IDT,M3.4.4/26,M10.5.0`` begins summer 26 hours after the midnight of March's fourth
Thursday.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

__all__ = ["Onset", "Recurrence", "Rule", "YearDay"]

_ONE_DAY = timedelta(days=1)
_DAY_S = 86_400
_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_LAST_WEEK = 5
_FIRST_YEAR, _LAST_YEAR = 2, 9998
"""Years of which Python can tell the days around, too."""
_COMMON_YEAR, _LEAP_YEAR = 2023, 2024
"""Two years to ask whether a rule falls on other dates after a 29 February."""

_NAME = r"<[^>]+>|[A-Za-z]+"
_HOURS = r"[+-]?\d+(?::\d+){0,2}"
_DAY = r"M\d+\.\d+\.\d+|J\d+|\d+"
_FOOTER = re.compile(
    rf"({_NAME})({_HOURS})({_NAME})({_HOURS})?,({_DAY})(?:/({_HOURS}))?,({_DAY})(?:/({_HOURS}))?"
)


@dataclass(frozen=True, slots=True)
class Onset:
    """A moment at which clocks change, and from what to what."""

    at: datetime
    """In UTC."""
    before: timedelta
    after: timedelta
    """Offsets, east of Greenwich."""
    name: str
    """The abbreviation from then on."""
    daylight: bool
    """Whether daylight saving, in the sense of more daylight in the evening, begins."""

    @property
    def local(self) -> datetime:
        """What clocks would show then had they not changed, without a zone: a DTSTART."""
        return self.at.replace(tzinfo=None) + self.before


@dataclass(frozen=True, slots=True)
class Recurrence:
    """One RRULE's share of a yearly day: its dates in ``month``, or all of them if None."""

    rrule: str
    month: int | None


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of the year and a time on the clock, as POSIX writes them."""

    kind: str
    """``M`` month, week, weekday; ``J`` day 1-365 without 29 February; ``n`` day 0-365 with it."""
    numbers: tuple[int, ...]
    time_s: int
    """Seconds after that day's midnight; may be negative, or days long."""

    @classmethod
    def parse(cls, day: str, hours: str | None) -> "YearDay":
        """Give the day that a footer writes, at 02:00 unless it says otherwise."""
        time_s = _seconds(hours or "2")
        if day[0] == "M":
            return cls("M", tuple(map(int, day[1:].split("."))), time_s)
        return cls("J", (int(day[1:]),), time_s) if day[0] == "J" else cls("n", (int(day),), time_s)

    def local(self, year: int) -> datetime:
        """Give the local date and time in that year, which may fall just outside of it."""
        return datetime.combine(self._day(year), datetime.min.time()) + timedelta(
            seconds=self.time_s
        )

    def _day(self, year: int) -> date:
        if self.kind == "M":
            month, week, weekday = self.numbers
            return _nth(year, month, week, weekday)
        first = date(year, 1, 1)
        if self.kind == "n":
            return first + self.numbers[0] * _ONE_DAY
        common = date(_COMMON_YEAR, 1, 1) + (self.numbers[0] - 1) * _ONE_DAY
        return common.replace(year=year)

    def recurrences(self) -> tuple[Recurrence, ...]:
        """Give the RRULEs that say the same; none where a date depends on leap years."""
        shift = self.time_s // _DAY_S
        if self.kind == "n":
            number = self.numbers[0] + 1 + shift
            fits = 1 <= number <= 365
            return (Recurrence(f"FREQ=YEARLY;BYYEARDAY={number}", None),) if fits else ()
        if self.kind == "M" and not shift:
            month, week, weekday = self.numbers
            nth = -1 if week == _LAST_WEEK else week
            return (
                Recurrence(f"FREQ=YEARLY;BYMONTH={month};BYDAY={nth}{_WEEKDAYS[weekday]}", month),
            )
        dates = self._dates(_COMMON_YEAR, shift)
        if dates != self._dates(_LEAP_YEAR, shift):
            return ()
        by_day = f";BYDAY={_WEEKDAYS[(self.numbers[2] + shift) % 7]}" if self.kind == "M" else ""
        return tuple(
            Recurrence(
                f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY="
                f"{','.join(str(day) for m, day in dates if m == month)}{by_day}",
                month,
            )
            for month in dict.fromkeys(month for month, _ in dates)
        )

    def _dates(self, year: int, shift: int) -> list[tuple[int, int]]:
        """Give each month and day on which it can fall, ``shift`` days later, as if in ``year``."""
        if self.kind == "J":
            days = [self._day(year)]
        else:
            month, week, _ = self.numbers
            days = sorted(_nth(year, month, week, weekday) for weekday in range(7))
        return [((day + shift * _ONE_DAY).month, (day + shift * _ONE_DAY).day) for day in days]


@dataclass(frozen=True, slots=True)
class Rule:
    """Two changes a year, for ever."""

    standard: tuple[str, timedelta]
    """Abbreviation and offset; so ``summer``, which in Dublin is winter."""
    summer: tuple[str, timedelta]
    starts: YearDay
    """When ``summer`` starts, on standard clocks."""
    ends: YearDay
    """When it ends, on its own clocks."""

    @classmethod
    def parse(cls, footer: str) -> "Rule | None":
        """Give a footer's rule, or None where clocks no longer change."""
        found = _FOOTER.fullmatch(footer)
        if not found:
            return None
        std, std_west, dst, dst_west, start, start_at, end, end_at = found.groups()
        offset = -timedelta(seconds=_seconds(std_west))
        ahead = -timedelta(seconds=_seconds(dst_west)) if dst_west else offset + timedelta(hours=1)
        rule = cls(
            (std.strip("<>"), offset),
            (dst.strip("<>"), ahead),
            YearDay.parse(start, start_at),
            YearDay.parse(end, end_at),
        )
        # Summer that ends when it starts again is how POSIX says that it is always summer.
        this, following = rule._ends_at(_COMMON_YEAR), rule._starts_at(_COMMON_YEAR + 1)
        return None if this.at >= following.at else rule

    def onsets(self, first_year: int, last_year: int) -> Iterator[Onset]:
        """Give both changes of each year, in order of time."""
        for year in range(max(first_year, _FIRST_YEAR), min(last_year, _LAST_YEAR) + 1):
            yield from sorted((self._starts_at(year), self._ends_at(year)), key=lambda o: o.at)

    def _starts_at(self, year: int) -> Onset:
        return self._onset(self.starts.local(year), self.standard, self.summer)

    def _ends_at(self, year: int) -> Onset:
        return self._onset(self.ends.local(year), self.summer, self.standard)

    @staticmethod
    def _onset(
        local: datetime, before: tuple[str, timedelta], after: tuple[str, timedelta]
    ) -> Onset:
        at = (local - before[1]).replace(tzinfo=UTC)
        return Onset(at, before[1], after[1], after[0], after[1] > before[1])

    def day_of(self, onset: Onset) -> YearDay:
        """Give the yearly day to which an onset belongs."""
        return self.starts if (onset.name, onset.after) == self.summer else self.ends


def _nth(year: int, month: int, week: int, weekday: int) -> date:
    """Give the week-th weekday (Sunday 0) of a month, 5 being the last."""
    first = date(year, month, 1)
    day = first + ((weekday - first.isoweekday()) % 7 + 7 * (week - 1)) * _ONE_DAY
    return day if day.month == month else day - 7 * _ONE_DAY


def _seconds(hours: str) -> int:
    sign = -1 if hours[0] == "-" else 1
    parts = [*map(int, hours.lstrip("+-").split(":")), 0, 0]
    return sign * (parts[0] * 3600 + parts[1] * 60 + parts[2])
