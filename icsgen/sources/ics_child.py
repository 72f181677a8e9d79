"""The child process that reads a stranger's calendar: iCalendar in, JSON out.

The only importer of ``icalendar`` among the sources. It is kept to cutting content lines into name,
parameters and value: building its zones and dates opens files named by a TZID, lets one file's
VTIMEZONE change another's times, and an RRULE from outside can go on for ever. None of that is ever
built here; no rule is expanded.

Limits: on Linux the process gives itself so much memory and CPU time and no more; elsewhere (macOS
keeps no RLIMIT_AS, Windows has no limits of this sort) the parent's clock and the limit on a file's
size hold alone.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from icalendar.parser import Contentline
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from icsgen.sources import limits
from icsgen.sources.ics_zones import Observance, ZoneBook

MEMORY_BYTES = 768 * 1024 * 1024
CPU_S = 30
_LOGICAL_CHARS = 100_000
"""A content line is cut here; only a description is ever longer, and of it only the words
matter."""
_EVENT = frozenset(
    [
        "UID",
        "SEQUENCE",
        "STATUS",
        "SUMMARY",
        "DESCRIPTION",
        "ORGANIZER",
        "ATTENDEE",
        "DTSTART",
        "DTEND",
        "DURATION",
        "DTSTAMP",
        "RRULE",
        "RDATE",
        "RECURRENCE-ID",
    ]
)
_CALENDAR = frozenset(("METHOD", "X-WR-TIMEZONE"))
_ZONE = frozenset(("TZID", "X-LIC-LOCATION"))
_OBSERVANCE = frozenset(("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE"))
_WANTED = {
    "VCALENDAR": _CALENDAR,
    "VEVENT": _EVENT,
    "VTIMEZONE": _ZONE,
    "STANDARD": _OBSERVANCE,
    "DAYLIGHT": _OBSERVANCE,
}
_CHILDREN = frozenset(("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE"))
"""What stands in a calendar and nowhere else (RFC 5545 section 3.6)."""
_PARENTS = {"VCALENDAR": ("",), **dict.fromkeys(_CHILDREN, ("", "VCALENDAR"))}
_NAME = re.compile(r"\s*([A-Za-z0-9-]{1,40})\s*([:;])")

Property = tuple[dict[str, str], str]


@dataclass(slots=True)
class Component:
    """A component being read: its properties in file order, each with parameters and text."""

    name: str
    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    children: "list[Component]" = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    broken: str = ""
    """Why nothing is made of it, although parts of it could be read."""
    left_out: int = 0
    """How many components are open inside it that are nested too deep to be kept."""

    def text(self, name: str) -> str | None:
        """Give a property's first value."""
        found = self.properties.get(name)
        return found[0][1] if found else None


def main() -> int:
    """Read stdin, write JSON to stdout; the exit code is 0 even for a calendar full of faults."""
    limit_this_process()
    text = sys.stdin.buffer.read().decode("utf-8", "replace")
    try:
        answer = read(text)
    except MemoryError:
        answer = {"error": f"it needs more memory than the limit of {MEMORY_BYTES >> 20} MB"}
    sys.stdout.write(json.dumps(answer))
    return 0


def limit_this_process() -> None:
    """Keep to so much memory and time, on Linux; see the module's words for elsewhere."""
    if sys.platform != "linux":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(text: str) -> dict[str, object]:
    """Give the events as plain values, and the file's faults in words."""
    root = Component("", 1)
    faults = [{"line": line, "what": what} for line, what in _components(text, root)]
    calendars = [child for child in root.children if child.name == "VCALENDAR"]
    book = ZoneBook(WINDOWS_TO_OLSON)
    for calendar in calendars:
        for child in calendar.children:
            if child.name == "VTIMEZONE" and not _is_torn(child):
                book.define(
                    child.text("TZID") or "", child.text("X-LIC-LOCATION"), _observances(child)
                )
    events = [
        _event(child, calendar, book)
        for calendar in calendars
        for child in calendar.children
        if child.name == "VEVENT"
    ]
    return {"events": events[: limits.INTERVIEWS + 1], "faults": _foremost(faults)}


def _foremost(faults: list[dict[str, object]]) -> list[dict[str, object]]:
    """Give the first faults, and of a great many how many more there are."""
    more = len(faults) - limits.REMARKS
    said = [{"line": 1, "what": f"{more:,} more such faults are not listed"}] if more > 0 else []
    return [*faults[: limits.REMARKS], *said]


def logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Give the unfolded lines (RFC 5545 section 3.1), each with its first line's number."""
    start, parts = 1, [""]
    for number, physical in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if physical[:1] in {" ", "\t"} and number > 1:
            parts.append(physical[1:])
            continue
        yield start, "".join(parts)
        start, parts = number, [physical]
    yield start, "".join(parts)


def _components(text: str, root: Component) -> Iterator[tuple[int, str]]:
    """Hang the components of a text under ``root``; give what is wrong with its structure."""
    stack = [root]
    for number, logical in logical_lines(text):
        found = _NAME.match(logical)
        if not found:
            continue
        name = found[1].upper()
        if name == "BEGIN":
            yield from _open(stack, logical[found.end() :].strip().upper()[:40], number)
        elif name == "END":
            yield from _close(stack, logical[found.end() :].strip().upper()[:40], number)
        elif name in _WANTED.get(stack[-1].name, ()):
            _take(stack[-1], name, logical, number)
    for left in stack[1:]:
        yield from _break(left, "the file ends in the middle of it, as if it were cut short")


def _open(stack: list[Component], name: str, number: int) -> Iterator[tuple[int, str]]:
    """Begin a component; what stays open though this one cannot stand in it is broken."""
    while stack[-1].name not in _PARENTS.get(name, (stack[-1].name,)):
        yield from _break(stack.pop(), "it is never closed")
    if name in _CHILDREN and len(stack) == 1:
        yield number, f"{name} stands outside of the calendar; it is read all the same"
        before = stack[0].children[-1:]
        stack.append(Component("VCALENDAR", number, before[0].properties if before else {}))
        stack[0].children.append(stack[1])
    if len(stack) >= limits.DEPTH:
        stack[-1].left_out += 1
        what = f"components in it are nested deeper than the limit of {limits.DEPTH}"
        yield from _break(stack[2], what)
        return
    stack.append(Component(name, number))
    stack[-2].children.append(stack[-1])


def _close(stack: list[Component], name: str, number: int) -> Iterator[tuple[int, str]]:
    """Close the innermost component of that name; those left open inside it are broken."""
    if stack[-1].left_out and name not in {"VCALENDAR", *_CHILDREN}:
        stack[-1].left_out -= 1
        return
    if name not in [component.name for component in stack[1:]]:
        yield number, f"something ends here that has not begun: {name}"
        return
    while stack[-1].name != name:
        yield from _break(stack.pop(), "it is never closed")
    stack.pop()


def _break(component: Component, why: str) -> Iterator[tuple[int, str]]:
    """Mark a component as broken; an event says so where it is refused, any other here."""
    if not component.broken and component.name != "VEVENT":
        yield component.line, f"{component.name} begins here, and {why}"
    component.broken = component.broken or why


def _is_torn(zone: Component) -> bool:
    """Tell whether a zone has lost a part, without which its times would be wrong."""
    return any(part.broken for part in (zone, *zone.children))


def _take(component: Component, name: str, logical: str, number: int) -> None:
    """Keep a property, cut into name, parameters and value by ``icalendar``."""
    try:
        _, params, value = Contentline(logical[:_LOGICAL_CHARS]).parts()  # type: ignore[no-untyped-call]
    except ValueError:
        component.faults.append(f"line {number}, {name}, cannot be read")
        return
    flat = {str(key).upper(): _joined(one)[: limits.LINE_CHARS] for key, one in params.items()}
    component.properties.setdefault(name, []).append((flat, str(value)[: limits.TEXT_CHARS]))


def _joined(value: object) -> str:
    """Give a parameter's text; a comma without quotes around it (``CN=Lee, Dana``) is a comma."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _observances(zone: Component) -> list[Observance]:
    made = [
        Observance.of(
            child.text("DTSTART"),
            child.text("TZOFFSETFROM"),
            child.text("TZOFFSETTO"),
            child.text("RRULE"),
        )
        for child in zone.children[: limits.ITEMS]
        if child.name in {"STANDARD", "DAYLIGHT"}
    ]
    return [observance for observance in made if observance is not None]


def _event(event: Component, calendar: Component, book: ZoneBook) -> dict[str, object]:
    """Give an event as plain values; who reads it decides what they mean."""
    return {
        "line": event.line,
        "faults": event.faults[:3],
        "broken": event.broken,
        "method": calendar.text("METHOD"),
        "calendar_zone": book.iana(calendar.text("X-WR-TIMEZONE") or ""),
        "recurring": bool({"RRULE", "RDATE"} & set(event.properties)),
        "one_of_series": "RECURRENCE-ID" in event.properties,
        "start": _time(event, "DTSTART", book),
        "end": _time(event, "DTEND", book),
        "organizer": next(iter(_people(event, "ORGANIZER")), None),
        "attendees": _people(event, "ATTENDEE"),
        **{
            key.lower(): event.text(key)
            for key in (
                "UID",
                "SEQUENCE",
                "STATUS",
                "SUMMARY",
                "DESCRIPTION",
                "DURATION",
                "DTSTAMP",
            )
        },
    }


def _time(event: Component, name: str, book: ZoneBook) -> dict[str, str | None] | None:
    """Give a time's digits and its IANA zone, or the offset of the file's own VTIMEZONE."""
    found = event.properties.get(name)
    if not found:
        return None
    params, value = found[0]
    tzid = params.get("TZID", "")
    zone = book.iana(tzid)
    offset = None if zone or not tzid else book.offset(tzid, value)
    return {"value": value.strip()[:40], "tzid": tzid or None, "zone": zone, "offset": offset}


def _people(event: Component, name: str) -> list[dict[str, str | None]]:
    return [
        {
            "name": params.get("CN"),
            "email": params.get("EMAIL")
            or re.sub("^mailto:", "", value.strip(), flags=re.IGNORECASE)[:300],
            "kind": params.get("CUTYPE", "").upper(),
        }
        for params, value in event.properties.get(name, [])[: limits.ITEMS]
    ]


if __name__ == "__main__":
    sys.exit(main())
