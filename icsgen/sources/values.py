"""Single values: a raw one as a file holds it, to the type that the contract says.

Each reader takes the raw value and its ``Spot``, gives the value, and raises ``FieldError`` that
says what would be right. A raw value is never None or empty here: what is missing is the business
of ``Form``.
"""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TypeVar

from icsgen.sources import limits
from icsgen.sources.spot import Spot, nearest, shown
from icsgen.text import clean_line, clean_text

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Reader = Callable[[object, Spot], T]

_DIGITS = r"[+-]?[0-9]{1,18}"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY_LETTERS = 3
_COUNTRY_CHARS = 2
_SUBDIVISION_CHARS = 3
_MIDNIGHT = r"[T ]00:00(:00(\.0+)?)?$"
_ISO_DATE_CHARS = len("2026-11-20")
ID_CHARS = 64
_ID = r"[A-Za-z0-9._-]+"


def line(raw: object, spot: Spot) -> str:
    """Give a text of one line."""
    return _limited(clean_line(_text(raw, spot)), limits.LINE_CHARS, spot)


def text(raw: object, spot: Spot) -> str:
    """Give a text that may have several lines."""
    return _limited(clean_text(_text(raw, spot)), limits.TEXT_CHARS, spot)


def lines(raw: object, spot: Spot) -> tuple[str, ...]:
    """Give a list of lines; a single text counts as a list of one, empty items are left out."""
    items = listed(raw, spot)
    return tuple(line(item, spot.item(at)) for at, item in enumerate(items) if not missing(item))


def listed(raw: object, spot: Spot, limit: int = limits.ITEMS) -> list[object]:
    """Give a list's items; anything else counts as a list of one."""
    items = raw if isinstance(raw, list) else [raw]
    if len(items) > limit:
        raise spot.refusal(f"{len(items)} items are more than the limit of {limit}")
    return items


@cache
def choice(kind: type[E]) -> Reader[E]:
    """Give a reader of one of an enum's values, whatever the letter case, blanks and dashes."""
    known = {_folded(member.value): member for member in kind}

    def read(raw: object, spot: Spot) -> E:
        word = line(raw, spot)
        found = known.get(_folded(word))
        if found is None:
            choices = ", ".join(member.value for member in kind)
            raise spot.refusal(
                f"{shown(word)} is not one of its values",
                " ".join(
                    filter(None, (nearest(word.lower(), list(kind)), f"use one of {choices}"))
                ),
            )
        return found

    return read


def whole(raw: object, spot: Spot) -> int:
    """Give a whole number, written as a number or as digits."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if isinstance(raw, float) and raw.is_integer():
        return int(raw)
    if isinstance(raw, str) and re.fullmatch(_DIGITS, raw.strip()):
        return int(raw)
    raise spot.refusal(f"{shown(raw)} is not a whole number")


def minutes(raw: object, spot: Spot) -> int:
    """Give an interview's length in minutes, from 1 to a day's."""
    count = whole(raw, spot)
    if not 1 <= count <= limits.MINUTES:
        remedy = f"give 1 to {limits.MINUTES}, or the end itself as “end”"
        raise spot.refusal(f"{shown(count)} minutes is no length of an interview", remedy)
    return count


def day(raw: object, spot: Spot) -> date:
    """Give a date. A midnight that a spreadsheet has added to it is dropped."""
    word = line(raw, spot)
    try:
        longer = len(word) > _ISO_DATE_CHARS
        found = date.fromisoformat(re.sub(_MIDNIGHT, "", word) if longer else word)
    except ValueError:
        raise spot.refusal(f"{shown(word)} is not a date", "write it like 2026-11-20") from None
    return in_years(found, spot)


def in_years(found: date, spot: Spot) -> date:
    """Give a date back if its year is one of those we know something about."""
    if not limits.FIRST_YEAR <= found.year <= limits.LAST_YEAR:
        span = f"{limits.FIRST_YEAR} to {limits.LAST_YEAR}"
        raise spot.refusal(f"the year {found.year} is outside {span}", "check the year")
    return found


def closed(raw: object, spot: Spot) -> tuple[tuple[date, date], ...]:
    """Give closed days as first and last: dates, or ranges written ``a/b``."""
    items = enumerate(listed(raw, spot))
    return tuple(_range(item, spot.item(at)) for at, item in items if not missing(item))


def weekend(raw: object, spot: Spot) -> frozenset[int] | None:
    """Give the days off as numbers, Monday 0 to Sunday 6; None for an empty list."""
    words = [
        word for item in listed(raw, spot) for word in re.split(r"[\s,;/&+]+", line(item, spot))
    ]
    days = frozenset(_weekday(word, spot) for word in words if word)
    if len(days) == len(WEEKDAYS):
        raise spot.refusal("all seven days are weekend", "leave at least one day to work")
    return days or None


def country(raw: object, spot: Spot) -> tuple[str, str | None]:
    """Give a country's code and, where it was written ``US-CA``, the subdivision's."""
    word = line(raw, spot)
    both = _codes(word)
    if both and both[0]:
        return both
    if not _is_country(word):
        raise spot.refusal(
            f"{shown(word)} is not a country's code",
            "use the two letters of ISO 3166, like US or DE",
        )
    return word.upper(), None


def subdivision(raw: object, spot: Spot) -> tuple[str | None, str]:
    """Give a subdivision's code and, where it was written ``US-CA``, the country's before it."""
    word = line(raw, spot)
    found = _codes(word)
    if not found:
        raise spot.refusal(
            f"{shown(word)} is not a subdivision's code",
            "use the code alone, like CA for California",
        )
    return found[0] or None, found[1]


def usable_id(word: str) -> bool:
    """Tell whether a text may stand as an interview's id as it is."""
    return len(word) <= ID_CHARS and re.fullmatch(_ID, word) is not None


def missing(raw: object) -> bool:
    """Tell whether a raw value says nothing."""
    return raw is None or (isinstance(raw, str) and not clean_line(raw))


def _text(raw: object, spot: Spot) -> str:
    if not isinstance(raw, str):
        raise spot.refusal(f"text is meant here, not {shown(raw)}")
    return raw


def _limited(found: str, limit: int, spot: Spot) -> str:
    if len(found) > limit:
        raise spot.refusal(
            f"{len(found):,} characters are more than the limit of {limit:,}", "make it shorter"
        )
    return found


def _folded(word: str) -> str:
    return "-".join(word.lower().replace("_", " ").replace("-", " ").split())


def _codes(word: str) -> tuple[str, str] | None:
    """Give the codes of ``US-CA`` in capitals, the first empty for ``CA`` alone; None: no code."""
    outer, dash, inner = word.rpartition("-")
    sound = inner.isascii() and inner.isalnum() and len(inner) <= _SUBDIVISION_CHARS
    return (outer.upper(), inner.upper()) if sound and (_is_country(outer) or not dash) else None


def _is_country(word: str) -> bool:
    return word.isascii() and word.isalpha() and len(word) == _COUNTRY_CHARS


def _range(raw: object, spot: Spot) -> tuple[date, date]:
    first, slash, last = line(raw, spot).partition("/")
    opens = day(first, spot)
    closes = day(last, spot) if slash else opens
    if closes < opens:
        raise spot.refusal(
            f"the range {shown(raw)} ends before it begins", "write the earlier day first"
        )
    if (closes - opens).days >= limits.CLOSED_DAYS:
        raise spot.refusal(f"the range {shown(raw)} is longer than {limits.CLOSED_DAYS} days")
    return opens, closes


def _weekday(word: str, spot: Spot) -> int:
    for number, name in enumerate(WEEKDAYS):
        if len(word) >= _WEEKDAY_LETTERS and name.startswith(word.lower()):
            return number
    raise spot.refusal(f"{shown(word)} is not a weekday", "use names like fri, sat")
