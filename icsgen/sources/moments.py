"""Moments: ISO 8601 in, an aware time in the interview's zone out."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from icsgen.sources.spot import Spot, shown
from icsgen.sources.values import Reader, in_years, line

MORNING = time(9, 30)
"""What a date alone means (rules.md, Semantics)."""
_WITH_TIME = r"[0-9W-]{8,10}[Tt ]\s*[0-9]"
_EXAMPLE = (
    "write it like 2026-11-10T14:00, with an offset (+01:00) if it is not the interview's zone"
)


def moment(zone: ZoneInfo, *, exact: bool = False, warn_of_date: bool = False) -> Reader[datetime]:
    """Give a reader of moments that are local to ``zone`` unless they carry an offset.

    ``exact`` keeps fractions of a second, which order a journal; ``warn_of_date`` warns where the
    time is missing.
    """

    def read(raw: object, spot: Spot) -> datetime:
        word = line(raw, spot)
        parsed = _date_alone(word)
        if parsed is None:
            parsed = _with_time(word, spot)
        elif warn_of_date:
            spot.warn(f"{shown(word)} has no time of day; 09:30 is taken")
        return placed(parsed if exact else parsed.replace(microsecond=0), zone, spot)

    return read


def placed(parsed: datetime, zone: ZoneInfo, spot: Spot) -> datetime:
    """Give a moment in ``zone``: converted if it has an offset, else as that zone's local time.

    A local time that does not exist takes the offset before the gap, one that comes twice is the
    first (as in RFC 5545, section 3.3.5); both with a warning.
    """
    in_years(parsed.date(), spot)
    if parsed.tzinfo is not None:
        found = parsed.astimezone(zone)
        in_years(found.date(), spot)
        return found
    first, second = (parsed.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    before, after = first.utcoffset(), second.utcoffset()
    if before is None or after is None or before == after:
        return first
    if before > after:
        spot.warn(
            f"{_clock(first)} comes twice in {zone.key} on {first:%Y-%m-%d}, when clocks go back; "
            "the first is taken: add an offset if you mean the second"
        )
        return first
    found = first.astimezone(UTC).astimezone(zone)
    spot.warn(
        f"{_clock(first)} does not exist in {zone.key} on {first:%Y-%m-%d}, "
        f"when clocks go forward; {_clock(found)} is taken"
    )
    return found


def _clock(moment_at: datetime) -> str:
    return f"{moment_at:%H:%M}"


def _date_alone(word: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(word), MORNING)
    except ValueError:
        return None


def _with_time(word: str, spot: Spot) -> datetime:
    try:
        if re.match(_WITH_TIME, word):
            return datetime.fromisoformat(word)
    except ValueError:
        pass
    raise spot.refusal(f"{shown(word)} is not a date and time", _EXAMPLE)
