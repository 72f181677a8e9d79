"""A VTIMEZONE (RFC 5545 section 3.6.5) for the days a feed spans.

RRULEs from where the zone's rule holds, because Outlook needs them; before that, and where there is
no rule (Morocco, whose clocks follow Ramadan), one RDATE for each change of the span and a year; a
single STANDARD where nothing changes.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from icsgen.feed.posix_rule import Onset, Recurrence, Rule
from icsgen.zones import Change, Zone

__all__ = ["vtimezone"]

_YEAR_AFTER = 366
"""Days by which RDATEs outlast the feed's last event: a subscriber may be a year behind."""

_LEAP_CYCLE_YEARS = 28
"""After so many years dates fall on the same weekdays again: all of a rule has occurred."""

_FIRST_DAY, _LAST_DAY = date(2, 1, 1), date(9998, 12, 31)
"""Days that Python can tell in every zone."""

_ALWAYS = datetime(1970, 1, 1)  # noqa: DTZ001 - a VTIMEZONE's own times have no zone


def vtimezone(zone: Zone, first: date, last: date) -> bytes:
    """Give the component by which all local times from ``first`` to ``last`` are the zone's own."""
    begins = datetime.combine(_later(first, -1), time.min, UTC)
    ends = datetime.combine(_later(last, _YEAR_AFTER), time.max, UTC)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone.key}"]
    for block in _blocks(zone, begins, ends):
        lines += block
    lines.append("END:VTIMEZONE")
    return "".join(f"{line}\r\n" for line in lines).encode()


def _later(day: date, days: int) -> date:
    known = min(max(day.toordinal() + days, _FIRST_DAY.toordinal()), _LAST_DAY.toordinal())
    return date.fromordinal(known)


def _blocks(zone: Zone, begins: datetime, ends: datetime) -> Iterator[list[str]]:
    changes, rule = _listed(zone), Rule.parse(zone.footer)
    since, recurring = ends, list[list[str]]()
    if rule:
        since = _holds_since(rule, changes)
        recurring = list(_recurring(rule, since)) if since <= ends else []
        if recurring:
            changes = [change for change in changes if change.at < since]
        else:  # no RRULE can say it, or none is needed yet
            changes += _after(changes, rule.onsets(begins.year - 1, ends.year + 1))
    if not recurring or begins < since:
        yield from _dated(zone, [o for o in changes if begins < o.at <= ends], begins)
    yield from recurring


def _after(changes: Sequence[Onset], onsets: Iterable[Onset]) -> list[Onset]:
    return [onset for onset in onsets if not changes or onset.at > changes[-1].at]


def _listed(zone: Zone) -> list[Onset]:
    """Give the changes that the zone's file lists."""
    if not zone.changes:
        return []
    past = zone.changes[0].at - timedelta(seconds=1)
    first = Change(past, _offset_at(zone, past), is_dst=False, abbreviation="")
    return [
        Onset(
            now.at,
            before.offset,
            now.offset,
            now.abbreviation,
            now.offset > before.offset and (now.is_dst or before.is_dst),
        )
        for before, now in pairwise((first, *zone.changes))
    ]


def _offset_at(zone: Zone, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _holds_since(rule: Rule, listed: Sequence[Onset]) -> datetime:
    """Give the first change from which on the rule and the list agree without a gap."""
    if not listed:
        return next(rule.onsets(_ALWAYS.year, _ALWAYS.year)).at
    last = listed[-1].at
    expected = list(rule.onsets(listed[0].at.year, last.year + 1))
    since = next(onset.at for onset in expected if onset.at > last)
    past = [onset for onset in expected if onset.at <= last]
    for theirs, ours in zip(reversed(listed), reversed(past), strict=False):
        if (theirs.at, theirs.after) != (ours.at, ours.after):
            break
        since = ours.at
    return since


def _dated(zone: Zone, onsets: Iterable[Onset], begins: datetime) -> Iterator[list[str]]:
    """Give one STANDARD for what clocks show when the span begins, and blocks with its changes.

    The first counts from long ago, as no event is older; so no reader falls off the beginning.
    """
    yield _dates([_unchanged(zone, begins)])
    alike: dict[tuple[bool, timedelta, timedelta, str], list[Onset]] = {}
    for onset in onsets:
        alike.setdefault((onset.daylight, onset.before, onset.after, onset.name), []).append(onset)
    for group in alike.values():
        yield _dates(group)


def _unchanged(zone: Zone, at: datetime) -> Onset:
    """Give what clocks show at a moment as if they had always shown it."""
    offset = _offset_at(zone, at)
    always = min(_ALWAYS.replace(tzinfo=UTC) - offset, at)
    return Onset(always, offset, offset, at.astimezone(zone).tzname() or "", daylight=False)


def _dates(group: Sequence[Onset]) -> list[str]:
    # The first is DTSTART's, and said again: without it ``ical`` (Home Assistant) takes a block
    # that has no RRULE for one that never begins, and India for UTC.
    return _block(group[0], *(f"RDATE:{_written(onset.local)}" for onset in group))


def _recurring(rule: Rule, since: datetime) -> Iterator[list[str]]:
    """Give a block for each RRULE, from its first occurrence; none if one cannot be said."""
    days = {day: day.recurrences() for day in (rule.starts, rule.ends)}
    if not all(days.values()):
        return
    years = (since.year - 1, since.year + _LEAP_CYCLE_YEARS)
    onsets = [onset for onset in rule.onsets(*years) if onset.at >= since]
    for first in onsets[:2]:
        day = rule.day_of(first)
        for recurrence in days[day]:
            starts = _first(recurrence, [o for o in onsets if rule.day_of(o) == day])
            if starts:
                yield _block(starts, f"RRULE:{recurrence.rrule}")


def _first(recurrence: Recurrence, onsets: Sequence[Onset]) -> Onset | None:
    return next((o for o in onsets if recurrence.month in {None, o.local.month}), None)


def _block(onset: Onset, *more: str) -> list[str]:
    kind = "DAYLIGHT" if onset.daylight else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{_written(onset.local)}",
        *more,
        f"TZNAME:{onset.name}",
        f"TZOFFSETFROM:{_offset(onset.before)}",
        f"TZOFFSETTO:{_offset(onset.after)}",
        f"END:{kind}",
    ]


def _written(local: datetime) -> str:
    return f"{local.year:04}{local:%m%dT%H%M%S}"


def _offset(offset: timedelta) -> str:
    """Give a UTC-OFFSET (RFC 5545 section 3.3.14)."""
    seconds = int(offset.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{sign}{hours:02}{minutes:02}" + (f"{seconds:02}" if seconds else "")
