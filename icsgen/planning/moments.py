"""Moments in the employer's zone: elapsed hours, slots of a day, and dates in words.

Two aware datetimes of one zone compare by their wall clocks in Python, which is wrong across a
clock change; so every comparison of moments here goes through UTC.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def utc(moment: datetime) -> datetime:
    """Give the moment in UTC, for comparing."""
    return moment.astimezone(UTC)


def elapsed(moment: datetime, hours: float) -> datetime:
    """Give the moment so many elapsed hours later, in the same zone."""
    return (utc(moment) + timedelta(hours=hours)).astimezone(moment.tzinfo)


def slot(day: date, at: time, zone: tzinfo | None) -> datetime:
    """Give a wall-clock time of a day; one that a clock change skips takes the offset before it."""
    return datetime.combine(day, at, tzinfo=zone)


def midnight(day: date, zone: tzinfo | None) -> datetime:
    """Give the first moment of a day."""
    return slot(day, time(), zone)


def end_of(day: date, zone: tzinfo | None) -> datetime:
    """Give the last second of a day."""
    return slot(day, time(23, 59, 59), zone)


def in_days(moment: datetime, days: int) -> datetime:
    """Give the same wall-clock time so many days later."""
    return moment + timedelta(days=days)


def day_words(day: date, *, year: int | None = None) -> str:
    """Give a date in words, ``Wednesday 18 November``, with the year where it is not ``year``."""
    words = f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    return words if year is None or day.year == year else f"{words} {day.year}"


def joined(clauses: list[str]) -> str:
    """Give clauses as one: ``a``, ``a and b``, ``a, b and c``."""
    if len(clauses) == 1:
        return clauses[0]
    return f"{', '.join(clauses[:-1])} and {clauses[-1]}"
