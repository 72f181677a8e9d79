"""A feed's octets held against the contract, for readers forgive what subscribers do not.

Run on every feed before it leaves, and on any file by ``afterword doctor --feed FILE``. One pass,
linear in the size.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from icsgen.feed.contract import COMPONENTS, PATTERNS, TEXT, TEXTS, css_colour
from icsgen.feed.usual import Run, octets_are_sound, usual_events
from icsgen.model import Severity

__all__ = ["LARGE_OCTETS", "Finding", "lint"]

LARGE_OCTETS = 1_000_000
"""What Google still reads, about."""

_LINE_OCTETS = 75
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]")
_NAME = re.compile(r"([A-Z0-9-]+)(?=[;:])")
_TEXT = re.compile(TEXT)
_TEXTS = re.compile(r":[^\\;]*(?:\\[\\;,nN][^\\;]*)*")
_UNESCAPED = re.compile(r":[^\\]*(?:\\[\\;,nN][^\\]*)*")
_TIME = re.compile(r"(?:;TZID=([^;:,\"]+))?:(\d{8}T\d{6})(Z?)", re.ASCII)
_DATE = re.compile(r";VALUE=DATE:(\d{8})", re.ASCII)
_UID = re.compile(r":.+@afterword")
_EVENT_BEGINS = b"\r\nBEGIN:VEVENT\r\n"
_PART_OCTETS = 16_384
"""How much of a file is read at a time, so that it stays where the processor is fast."""
_DONE = "✓ "


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of the contract: what kind, on which line of the file (from 1), and in words."""

    code: str
    line: int
    message: str
    severity: Severity = Severity.REFUSED
    """A feed with a ``refused`` one must not leave; a ``warning`` is only told."""


@dataclass(slots=True)
class _Part:
    """A component while it is read."""

    kind: str
    line: int
    values: dict[str, tuple[int, str]] = field(default_factory=dict)
    """What follows each name, with its line."""
    children: Counter[str] = field(default_factory=Counter)


def lint(data: bytes | Sequence[bytes]) -> tuple[Finding, ...]:
    """Give every breach in a feed's octets, in the order of their lines; none for a good feed.

    ``data`` may be in pieces, as ``calendar.pieces`` gives them: then a good feed need not be whole
    in memory. Pieces that do not end with a line are put together first.
    """
    if isinstance(data, bytes):
        return tuple(_size(len(data))) if _are_sound(_parts(data)) else _breaches(data)
    if _are_sound(_batches(data)):
        return tuple(_size(sum(map(len, data))))
    return _breaches(b"".join(data))


def _breaches(data: bytes) -> tuple[Finding, ...]:
    found = [*_size(len(data)), *_octets(data), *_Reader().read(_unfolded(data))]
    return tuple(sorted(found, key=lambda finding: (finding.line, finding.code)))


def _are_sound(parts: Iterable[bytes]) -> bool:
    """Tell, quickly and in little memory, whether nothing is wrong; if in doubt, no."""
    reader = _Reader()
    parts_are_sound = all(octets_are_sound(part) and reader.takes(part) for part in parts)
    return parts_are_sound and not reader.finish()


def _batches(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Give the pieces a few at a time."""
    batch, octets = list[bytes](), 0
    for piece in pieces:
        batch.append(piece)
        octets += len(piece)
        if octets >= _PART_OCTETS:
            yield b"".join(batch)
            batch, octets = [], 0
    if batch:
        yield b"".join(batch)


def _parts(data: bytes) -> Iterator[bytes]:
    """Give the file in parts that end where an event begins."""
    start = 0
    while start < len(data):
        end = data.find(_EVENT_BEGINS, start + _PART_OCTETS) + 2
        yield data[start : end if end > 1 else None]
        start = end if end > 1 else len(data)


def _size(octets: int) -> Iterator[Finding]:
    if octets > LARGE_OCTETS:
        message = f"{octets} octets; some readers stop at about {LARGE_OCTETS}"
        yield Finding("too-large", 1, message, Severity.WARNING)


def _octets(data: bytes) -> Iterator[Finding]:
    """Give what is wrong with the file as a row of physical lines (RFC 5545 section 3.1)."""
    lines = data.split(b"\r\n")
    if lines.pop():
        yield Finding("no-crlf-at-end", len(lines) + 1, "the last line does not end with CRLF")
    if data.startswith(b"\xef\xbb\xbf"):
        yield Finding("byte-order-mark", 1, "a byte-order mark stands before BEGIN")
    open_escape = False
    for number, line in enumerate(lines, 1):
        is_fold = line[:1] in {b" ", b"\t"}
        yield from _line(number, line)
        if is_fold:
            yield from _fold(number, line, open_escape=open_escape)
        open_escape = _ends_in_escape(
            line[1:] if is_fold else line, open_escape=is_fold and open_escape
        )


def _line(number: int, line: bytes) -> Iterator[Finding]:
    if not line.strip():
        yield Finding("empty-line", number, "a line is empty")
    if len(line) > _LINE_OCTETS:
        yield Finding(
            "long-line", number, f"{len(line)} octets on one line; {_LINE_OCTETS} are allowed"
        )
    if b"\n" in line or b"\r" in line:
        yield Finding("bare-newline", number, "a CR or LF stands alone; lines end with both")
    if _CONTROLS.search(line):
        yield Finding("control-character", number, "a control character stands in a line")


def _fold(number: int, line: bytes, *, open_escape: bool) -> Iterator[Finding]:
    if number == 1:
        yield Finding("fold-of-nothing", number, "the first line continues nothing")
    if len(line) > 1 and line[1] & 0xC0 == 0x80:
        yield Finding("fold-in-character", number, "a fold stands inside a character")
    if open_escape:
        yield Finding(
            "fold-in-escape", number, "a fold stands between a backslash and what it escapes"
        )


def _ends_in_escape(piece: bytes, *, open_escape: bool) -> bool:
    """Tell whether an escape is open at a line's end, given whether one was at its start."""
    run = len(piece) - len(piece.rstrip(b"\\"))
    return (run % 2 == 1) != (open_escape and run == len(piece))


def _unfolded(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give each content line and the number of its first physical line."""
    begins, parts = 1, list[bytes]()
    for number, line in enumerate(data.split(b"\r\n"), 1):
        if line[:1] in {b" ", b"\t"} and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield begins, b"".join(parts)
        begins, parts = number, [line] if line else []
    if parts:
        yield begins, b"".join(parts)


class _Reader:
    """Reads content lines into components and says what breaks the contract."""

    def __init__(self) -> None:
        self.open: list[_Part] = []
        self.found: list[Finding] = []
        self.calendars = 0
        self.uids: set[bytes] = set()
        self.zones: dict[str, int] = {}
        self.zones_used: dict[str, int] = {}

    def read(self, lines: Iterable[tuple[int, bytes]]) -> list[Finding]:
        """Give the findings of all content lines."""
        self._content_lines(lines)
        return self.finish()

    def _content_lines(self, lines: Iterable[tuple[int, bytes]]) -> None:
        for number, line in lines:
            self._content_line(number, self._text(number, line))

    def takes(self, part: bytes) -> bool:
        """Take in whole lines, of which each usual event costs little; False: something is wrong.

        Their numbers are not kept. The octets must have been found to be sound.
        """
        at = 0
        while at < len(part) and not self.found:
            run = usual_events(part, at) if len(self.open) == 1 else None
            if run:
                self._usual_events(run)
                at = run.end
            else:
                end = part.find(_EVENT_BEGINS, at) + 2
                lines = part[at : end if end > 1 else None]
                self.found += _octets(lines)
                self._content_lines(_unfolded(lines))
                at += len(lines)
        return not self.found

    def _usual_events(self, run: Run) -> None:
        known = len(self.uids)
        self.uids.update(run.uids)
        if len(self.uids) < known + len(run.uids):
            self._say("repeated-uid", 0, "two events have one UID")
        for key in run.zones:
            self.zones_used.setdefault(key, 0)

    def finish(self) -> list[Finding]:
        """Give what was found, once all lines are read."""
        for part in self.open:
            self._say("nesting", part.line, f"{part.kind} is never closed")
        if not self.calendars:
            self._say("no-calendar", 1, "there is no VCALENDAR")
        self._zones_match()
        return self.found

    def _say(self, code: str, line: int, message: str) -> None:
        self.found.append(Finding(code, line, message))

    def _text(self, number: int, octets: bytes) -> str:
        try:
            return octets.decode()
        except UnicodeDecodeError:
            self._say("not-utf-8", number, "these octets are no UTF-8")
            return octets.decode(errors="replace")

    def _content_line(self, number: int, line: str) -> None:
        named = _NAME.match(line)
        if not named:
            self._say("no-property", number, f"this is no property: {line[:40]!r}")
        elif named[0] == "BEGIN":
            self._begin(number, line[6:])
        elif named[0] == "END":
            self._end(number, line[4:])
        else:
            self._property(number, named[0], line[named.end() :])

    def _begin(self, number: int, kind: str) -> None:
        component = COMPONENTS.get(kind)
        around = self.open[-1].kind if self.open else ""
        if component is None:
            self._say("forbidden-component", number, f"a feed has no {kind[:40]}")
        elif (around not in component.inside) if component.inside else bool(around):
            self._say("nesting", number, f"{kind} stands in {around or 'no component'}")
        if kind == "VCALENDAR":
            self.calendars += 1
            if self.calendars > 1:
                self._say("many-calendars", number, "a feed is one VCALENDAR")
        if self.open:
            self.open[-1].children[kind] += 1
        self.open.append(_Part(kind, number))

    def _end(self, number: int, kind: str) -> None:
        if not self.open or self.open[-1].kind != kind:
            self._say("nesting", number, f"END:{kind[:40]} closes nothing")
            return
        part = self.open.pop()
        component = COMPONENTS.get(kind)
        if component is None:
            return
        for name in sorted(component.required - part.values.keys()):
            self._say("missing-property", part.line, f"{kind} has no {name}")
        check = getattr(self, f"_{kind.lower()}", None)
        if check:
            check(part)

    def _property(self, number: int, name: str, rest: str) -> None:
        if not self.open:
            self._say("nesting", number, f"{name} stands outside of the calendar")
            return
        part = self.open[-1]
        component = COMPONENTS.get(part.kind)
        if component is None:
            return
        if name not in component.allowed:
            self._say("forbidden-property", number, f"{part.kind} must not have {name}")
            return
        if name in part.values and name not in component.repeated:
            self._say("repeated-property", number, f"{part.kind} has a second {name}")
        part.values[name] = (number, rest)
        self._value(number, name, rest)

    def _value(self, number: int, name: str, rest: str) -> None:
        pattern = PATTERNS.get(name)
        if pattern and not pattern.fullmatch(rest):
            self._say("bad-value", number, f"{name}{rest[:60]} is not how the contract writes it")
        if name in TEXTS:
            self._text_value(number, name, rest)
        if name == "COLOR" and not css_colour(rest[1:]):
            self._say("bad-color", number, f"{rest[1:41]!r} is no colour's name in CSS")

    def _text_value(self, number: int, name: str, rest: str) -> None:
        pattern = _TEXTS if name == "CATEGORIES" else _TEXT
        if pattern.fullmatch(rest):
            return
        if rest[0] == ";":
            self._say("forbidden-parameter", number, f"{name} takes no parameter")
        elif _UNESCAPED.fullmatch(rest):
            self._say("unescaped", number, f"{name} has a comma or semicolon without a backslash")
        else:
            self._say("bad-escape", number, f"{name} has a backslash that escapes nothing")

    def _vtimezone(self, part: _Part) -> None:
        if not part.children["STANDARD"] + part.children["DAYLIGHT"]:
            self._say("empty-timezone", part.line, "a VTIMEZONE says nothing of its clocks")
        number, rest = part.values.get("TZID", (part.line, ":"))
        if rest[1:] in self.zones:
            self._say("repeated-timezone", number, f"{rest[1:]} has a second VTIMEZONE")
        self.zones[rest[1:]] = number

    def _standard(self, part: _Part) -> None:
        number, rest = part.values.get("DTSTART", (part.line, ":"))
        if "DTSTART" in part.values and not (rest[-1] != "Z" and rest[0] == ":" and _moment(rest)):
            self._say("bad-time", number, f"DTSTART{rest[:60]} is no local time")

    _daylight = _standard

    def _vevent(self, part: _Part) -> None:
        self._uid(part)
        self._span(part)
        if part.children["VALARM"] > 1:
            self._say("many-alarms", part.line, "an event has more than one alarm")
        summary = part.values.get("SUMMARY", (0, ":"))[1]
        cancelled = part.values.get("STATUS", (0, ":"))[1] == ":CANCELLED"
        if not (cancelled or summary.startswith(f":{_DONE}")):
            return
        if part.children["VALARM"]:
            self._say("alarm-when-done", part.line, "an event that is over has an alarm")
        if "URL" in part.values:
            self._say("link-when-done", part.values["URL"][0], "an event that is over has a link")

    def _uid(self, part: _Part) -> None:
        number, rest = part.values.get("UID", (part.line, ""))
        if not rest:
            return
        if rest.encode() in self.uids:
            self._say("repeated-uid", number, f"two events have the UID {rest[1:61]}")
        if not _UID.fullmatch(rest):
            self._say("bad-uid", number, f"{rest[1:61]!r} does not end with @afterword")
        self.uids.add(rest.encode())

    def _span(self, part: _Part) -> None:
        """Check that an event's times are local in a known zone, or dates, and in order."""
        times = [
            self._time(*part.values[name]) for name in ("DTSTART", "DTEND") if name in part.values
        ]
        known = [time for time in times if time]
        if len(known) != 2:
            return
        (start_zone, start), (end_zone, end) = known
        if start_zone != end_zone or type(start) is not type(end):
            self._say("mixed-times", part.line, "DTSTART and DTEND are not written in the same way")
        elif end <= start:
            self._say("end-before-start", part.values["DTEND"][0], "DTEND is not after DTSTART")

    def _time(self, number: int, rest: str) -> tuple[str, date] | None:
        timed = _TIME.fullmatch(rest)
        moment = _moment(rest)
        if moment is None:
            self._say("bad-time", number, f"{rest[:60]} is no time")
        elif timed and timed[3]:
            self._say("utc-time", number, "an event's time is in UTC, not in a zone")
        elif timed and not timed[1]:
            self._say("floating-time", number, "an event's time is in no zone")
        elif timed:
            self.zones_used.setdefault(timed[1], number)
        return (timed[1] or "" if timed else "", moment) if moment else None

    def _zones_match(self) -> None:
        for key, number in self.zones_used.items():
            if key not in self.zones:
                self._say("unknown-timezone", number, f"there is no VTIMEZONE for {key[:60]}")
        for key, number in self.zones.items():
            if key not in self.zones_used:
                self._say("unused-timezone", number, f"no event is in {key[:60]}")


def _moment(rest: str) -> date | None:
    """Give the date or the clock time that a DTSTART or DTEND holds, None if there is no such."""
    day = _DATE.fullmatch(rest)
    timed = _TIME.fullmatch(rest)
    try:
        if day:
            return date.fromisoformat(day[1])
        return datetime.fromisoformat(timed[2]) if timed else None
    except ValueError:
        return None
