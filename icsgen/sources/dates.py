"""Dates and times as spreadsheets write them, to ISO 8601, with no guess between two readings."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import NamedTuple

from icsgen.errors import InputError
from icsgen.sources.reading import DateOrder
from icsgen.sources.spot import shown
from icsgen.sources.values import WEEKDAYS

_CELL_CHARS = 64
_NUMERIC = re.compile(r"([0-9]{1,4})(?:([./-])\s*|\s+)([0-9]{1,2})(?:\2\s*|\s+)([0-9]{1,4})\.?")
_NAMED = re.compile(r"(?=.*[A-Za-z]{3})[A-Za-z0-9 ,./'-]+")
_TIME = re.compile(
    r"(?:at\s+)?(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?)?"
    r"\s*(?:(?P<half>[ap])\.?m\.?)?\s*(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?",
    re.IGNORECASE,
)
_DATE_AND_TIME = re.compile(
    r"(?P<date>.+?)(?:[ ,]+|(?<=[0-9])T)"
    r"(?P<time>(?:at\s+)?[0-9]{1,2}(?:[:.h][0-9]{2}(?!\.?[0-9])|\s*[ap]\.?m).*)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"([A-Za-z]{3,9})\.?,?\s+(?=\S)")
_NOON = 12
_CENTURY_TURN = 70
_YEAR_DIGITS = 4
_TWO_DIGITS = 2
_DEFAULTS = (datetime(2000, 1, 1), datetime(2004, 2, 2))  # noqa: DTZ001 (only a day to fill gaps with)


class Parts(NamedTuple):
    """A cell cut into a date and a time; either may be empty."""

    date: str
    time: str


def cut(cell: str) -> Parts:
    """Cut a cell into its date and its time of day."""
    word = cell.strip()
    if _TIME.fullmatch(word) and not word.isdigit():
        return Parts("", word)
    both = _DATE_AND_TIME.fullmatch(word) if len(word) <= _CELL_CHARS else None
    return Parts(both["date"].strip(), both["time"].strip()) if both else Parts(word, "")


def order_of(cells: Iterable[tuple[int, str]]) -> DateOrder | None:
    """Give the order in which a column writes its dates; None where it does not matter.

    A date that fits no order has no say; its row is refused by itself. Raises InputError where two
    orders are left that give different dates, or none.
    """
    said = [(line, word, found) for line, word in cells if (found := _readings(word))]
    left = [order for order in DateOrder if all(order in found for _, _, found in said)]
    if said and not left:
        lines = _contradiction(said)
        raise InputError(
            f"no one order of day, month and year fits both line {lines[0]} and line {lines[1]}",
            remedy="write the dates like 2026-11-20",
        )
    for _, word, found in said:
        if len({found[order] for order in left}) > 1:
            ways = " or ".join(_long(found[order]) for order in left)
            options = " or ".join(f"--dates {order.value}" for order in left)
            raise InputError(
                f"{shown(word)} could be {ways}, and no other row decides it",
                remedy=f"give {options}",
            )
    return left[0] if said else None


def iso_date(word: str, order: DateOrder | None) -> str:
    """Give a date as ISO 8601; raises InputError if it is none or on another weekday."""
    weekday = _WEEKDAY.match(word)
    named = weekday and _weekday(weekday[1])
    found = _date(word[weekday.end() :] if weekday and named is not None else word, order)
    if named is not None and found.weekday() != named:
        really = WEEKDAYS[found.weekday()].capitalize()
        raise InputError(f"{shown(word)} is a {really}", remedy="correct the weekday or the date")
    return found.isoformat()


def iso_time(word: str) -> str:
    """Give a time of day as ISO 8601, with its offset; raises InputError if it is none."""
    found = _TIME.fullmatch(word.strip())
    plain_hour = found is not None and found["minute"] is None and found["half"] is None
    if found is None or plain_hour:
        raise InputError(
            f"{shown(word)} is not a time of day", remedy="write it like 14:30 or 2:30 pm"
        )
    hour = int(found["hour"])
    try:
        if found["half"]:
            hour = _on_the_dial(hour, found["half"].lower())
        at = time(hour, int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError as error:
        raise InputError(
            f"{shown(word)} is not a time of day", remedy="write it like 14:30 or 2:30 pm"
        ) from error
    return at.isoformat() + (found["offset"] or "").upper()


def _on_the_dial(hour: int, half: str) -> int:
    if not 1 <= hour <= _NOON:
        raise ValueError
    return hour % _NOON + (_NOON if half == "p" else 0)


def _readings(word: str) -> Mapping[DateOrder, date]:
    """Give what each order makes of a date in numbers whose year does not stand first in full."""
    weekday = _WEEKDAY.match(word)
    found = _NUMERIC.fullmatch(word[weekday.end() :] if weekday else word)
    if not found or len(found[1]) == _YEAR_DIGITS:
        return {}
    tried = {order: _ordered(found[1], found[3], found[4], order) for order in DateOrder}
    return {order: day for order, day in tried.items() if day is not None}


def _ordered(first: str, second: str, third: str, order: DateOrder) -> date | None:
    match order:
        case DateOrder.DMY:
            day, month, year = first, second, third
        case DateOrder.MDY:
            month, day, year = first, second, third
        case DateOrder.YMD:
            year, month, day = first, second, third
    if (
        len(year) not in {_TWO_DIGITS, _YEAR_DIGITS}
        or len(day) > _TWO_DIGITS
        or len(month) > _TWO_DIGITS
    ):
        return None
    try:
        return date(_whole_year(year), int(month), int(day))
    except ValueError:
        return None


def _whole_year(year: str) -> int:
    if len(year) == _YEAR_DIGITS:
        return int(year)
    return int(year) + (2000 if int(year) < _CENTURY_TURN else 1900)


def _date(word: str, order: DateOrder | None) -> date:
    numeric = _NUMERIC.fullmatch(word)
    if numeric:
        first_in_full = len(numeric[1]) == _YEAR_DIGITS
        as_ordered = DateOrder.YMD if first_in_full or order is None else order
        found = _ordered(numeric[1], numeric[3], numeric[4], as_ordered)
    else:
        found = _iso(word) or _named(word, order)
    if found is None:
        raise InputError(f"{shown(word)} is not a date", remedy="write it like 2026-11-20")
    return found


def _iso(word: str) -> date | None:
    try:
        return date.fromisoformat(word) if "-" in word else None
    except ValueError:
        return None


def _named(word: str, order: DateOrder | None) -> date | None:
    """Read a date with a month's name over two default days; what differs was guessed."""
    if len(word) > _CELL_CHARS or not _NAMED.fullmatch(word):
        return None
    from dateutil import parser

    year_first = order is DateOrder.YMD
    try:
        one, two = (
            parser.parse(
                word, default=day, dayfirst=not year_first, yearfirst=year_first, ignoretz=True
            )
            for day in _DEFAULTS
        )
    except (ValueError, OverflowError, parser.UnknownTimezoneWarning):
        return None
    without_time = one.time() == two.time() == time()
    return one.date() if without_time and one.date() == two.date() else None


def _weekday(word: str) -> int | None:
    lower = word.lower()
    return next((at for at, name in enumerate(WEEKDAYS) if name.startswith(lower)), None)


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _contradiction(said: list[tuple[int, str, Mapping[DateOrder, date]]]) -> tuple[int, int]:
    """Give two lines that no order fits both of, as far as two alone show it."""
    for at, (line, _, found) in enumerate(said):
        for other, _, others in said[:at]:
            if not set(found) & set(others):
                return other, line
    return said[0][0], said[-1][0]
