"""What a stranger's TZID means: an IANA zone, else an offset by its own VTIMEZONE."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from icsgen.zones import zone_keys

_STAMP = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})?Z?")
_OFFSET = re.compile(r"([+-])([0-9]{2})([0-9]{2})([0-9]{2})?")
_YEARLY_DAY = re.compile(r"([+-]?[1-5])(MO|TU|WE|TH|FR|SA|SU)")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST_NAME = 100
_WEEK = 7
_LAST_YEAR = 9999


@dataclass(frozen=True, slots=True)
class Observance:
    """A STANDARD or DAYLIGHT part: from when on, and how far east (RFC 5545 section 3.6.5).

    ``yearly`` is month, which and weekday (3, 2, 6: the second Sunday of March; which is -1 for the
    last), read from the rule without expanding it; None: it begins once.
    """

    begins: datetime
    """Local and naive."""
    offset: timedelta
    yearly: tuple[int, int, int] | None
    known: bool = True
    """False: the rule is of a kind that we do not read."""

    @classmethod
    def of(
        cls, begins: str | None, _from: str | None, to: str | None, rule: str | None
    ) -> "Observance | None":
        """Give the part that these property values describe; None if they describe none."""
        at, offset = local_time(begins or ""), _offset(to or "")
        if at is None or offset is None:
            return None
        yearly = _yearly(rule) if rule else None
        return cls(at, offset, yearly, known=rule is None or yearly is not None)

    def latest(self, at: datetime) -> datetime | None:
        """Give its last beginning at or before the local time ``at``, or None."""
        if self.yearly is None:
            return self.begins if self.begins <= at else None
        tried = (_nth(year, *self.yearly, self.begins) for year in (at.year, at.year - 1))
        return next((when for when in tried if when and self.begins <= when <= at), None)


@dataclass(slots=True)
class ZoneBook:
    """The zones of one file; nothing of it is known to the next."""

    windows: Mapping[str, str]
    """Names that Windows gives to zones, to IANA's."""
    locations: dict[str, str] = field(default_factory=dict)
    parts: dict[str, Sequence[Observance]] = field(default_factory=dict)

    def define(self, tzid: str, location: str | None, parts: Sequence[Observance]) -> None:
        """Take note of a VTIMEZONE; of two with one name the first counts."""
        self.parts.setdefault(tzid, parts)
        if location:
            self.locations.setdefault(tzid, location)

    def iana(self, tzid: str) -> str | None:
        """Give the IANA name behind a TZID: itself, Windows's, a path's tail, X-LIC-LOCATION."""
        name = tzid.strip().strip('"')
        if not name or len(name) > _LONGEST_NAME:
            return None
        pieces = name.strip("/").split("/")
        tails = ["/".join(pieces[at:]) for at in range(len(pieces))]
        tried = [name, self.windows.get(name), self.locations.get(tzid), *tails]
        return next((one for one in tried if one in zone_keys()), None)

    def offset(self, tzid: str, stamp: str) -> str | None:
        """Give the offset (``-05:00``) that the file's own VTIMEZONE has then, or None."""
        at, parts = local_time(stamp.strip()), self.parts.get(tzid, ())
        if at is None or not parts or not all(part.known for part in parts):
            return None
        begun = [(when, part.offset) for part in parts if (when := part.latest(at)) is not None]
        offset = max(begun)[1] if begun else min(parts, key=lambda part: part.begins).offset
        return _written(offset)


def local_time(stamp: str) -> datetime | None:
    """Give a DATE-TIME value (RFC 5545 section 3.3.5) without its zone; None if it is none."""
    found = _STAMP.fullmatch(stamp)
    try:
        return (
            datetime.fromisoformat("{}-{}-{}T{}:{}:{}".format(*found.groups("00")))
            if found
            else None
        )
    except ValueError:
        return None


def _offset(text: str) -> timedelta | None:
    found = _OFFSET.fullmatch(text.strip())
    if not found:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    size = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return (-size if found[1] == "-" else size) if size < timedelta(days=1) else None


def _written(offset: timedelta) -> str:
    minutes = abs(round(offset / timedelta(minutes=1)))
    return f"{'-' if offset < timedelta(0) else '+'}{minutes // 60:02}:{minutes % 60:02}"


def _yearly(rule: str) -> tuple[int, int, int] | None:
    """Read ``FREQ=YEARLY;BYMONTH=3;BYDAY=2SU``, the form of zones; None for any other."""
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    day = _YEARLY_DAY.fullmatch(parts.get("BYDAY", ""))
    month = parts.get("BYMONTH", "")
    extra = set(parts) - {"FREQ", "BYMONTH", "BYDAY", "INTERVAL", "WKST", "UNTIL"}
    if (
        not day
        or extra
        or parts.get("FREQ") != "YEARLY"
        or not re.fullmatch("0?[1-9]|1[0-2]", month)
    ):
        return None
    if parts.get("INTERVAL", "1") != "1":
        return None
    return int(month), int(day[1]), _DAYS.index(day[2])


def _nth(year: int, month: int, which: int, weekday: int, clock: datetime) -> datetime | None:
    """Give the nth weekday of a month at a clock's time; None where the month has no such day."""
    if not 1 <= year < _LAST_YEAR:
        return None
    first = clock.replace(year=year, month=month, day=1)
    after = clock.replace(year=year + month // 12, month=month % 12 + 1, day=1)
    if which > 0:
        found = first + timedelta(days=(weekday - first.weekday()) % _WEEK + _WEEK * (which - 1))
        return found if found < after else None
    last = after - timedelta(days=1)
    found = last - timedelta(days=(last.weekday() - weekday) % _WEEK + _WEEK * (-which - 1))
    return found if found >= first else None
