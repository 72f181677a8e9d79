"""Events written in the usual way, checked many at a time and as they stand in the file.

For speed, and it decides nothing: what is taken here holds to every rule about octets, lines and
single events; what is not may do so as well, and ``lint`` reads it line by line.
"""

import re
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from icsgen.feed.contract import PATTERNS

__all__ = ["Run", "octets_are_sound", "usual_events"]

_ANY_BUT_CONTROLS = bytes({*range(256)} - {*range(32), 127} | {9, 10, 13})
_C1_CONTROL = re.compile(rb"\xc2[\x80-\x9f]")

_OPEN_ESCAPE = re.compile(rb"\\[^;,nN]")
_BARE_COMMA = re.compile(rb",(?<!\\,)")
_BARE_SEMICOLON = re.compile(rb";(?<!\\;)")
_SEMICOLONS = 2
"""How many an event has outside of its texts: in DTSTART and in DTEND."""

_URL = re.compile(PATTERNS["URL"].pattern.encode())
_UID = re.compile(rb":.+@afterword")

_SHAPES = {
    **{name.encode(): shape.pattern.encode() for name, shape in PATTERNS.items()},
    # Lines that continue one: each holds more than blanks.
    b"FOLDS": rb"(?: [ ] (?![ \t]*+\r) [^\r]{1,74}+ \r\n )*+",
    b"TICK": rb"\xe2\x9c\x93",
}
# Texts and the URL are only measured here: names and 74 octets are a line, with its colon.
_EVENT = re.compile(
    rb"""
    BEGIN:VEVENT\r\n
    SUMMARY: (?= (?P<DONE> %(TICK)b [ ] ) | (?! %(TICK)b | \r ) ) [^\r]{0,67}+ \r\n %(FOLDS)b
    DTSTART (?P<FORM> ;TZID=[^;:,"\r\n]{1,40}+: (?= .{8}T ) | ;VALUE=DATE: (?= .{8}\r ) )
        (?P<DTSTART> \d{8} (?: T(?!24)\d{6} )? ) \r\n
    DTEND (?P=FORM) (?P<DTEND> \d{8} (?: T(?!24)\d{6} )? ) \r\n
    DTSTAMP %(DTSTAMP)b \r\n
    UID (?P<UID> : [^\r]{0,71}+ \r\n %(FOLDS)b )
    SEQUENCE %(SEQUENCE)b \r\n
    CATEGORIES: (?P<CATEGORIES> [^\\;\r]{0,64}+ ) \r\n
    (?: DESCRIPTION: [^\r]{0,63}+ \r\n %(FOLDS)b )?+
    LAST-MODIFIED %(LAST-MODIFIED)b \r\n
    STATUS: (?: CONFIRMED | (?P<CANCELLED> CANCELLED ) ) \r\n
    TRANSP %(TRANSP)b \r\n
    (?: URL (?P<URL> : [^\r]{0,71}+ \r\n %(FOLDS)b ) )?+
    (?P<VALARM>
        BEGIN:VALARM\r\n
        ACTION %(ACTION)b \r\n
        DESCRIPTION: [^\r]{0,63}+ \r\n %(FOLDS)b
        TRIGGER %(TRIGGER)b \r\n
        END:VALARM\r\n
    )?+
    END:VEVENT\r\n (?![ \t])
    """
    % _SHAPES,
    re.VERBOSE,
)


class Run(NamedTuple):
    """Usual events in a row, and what is to be known of them to judge the whole file."""

    end: int
    """Where in the octets the row ends."""
    uids: list[bytes]
    zones: set[str]


def octets_are_sound(data: bytes) -> bool:
    """Tell whether there is no control character, no half a line end and no octet but UTF-8."""
    return (
        data.count(b"\r") == data.count(b"\n")
        and not data.translate(None, _ANY_BUT_CONTROLS)
        and (data.isascii() or not _C1_CONTROL.search(data))
        and _is_utf_8(data)
    )


def _is_utf_8(data: bytes) -> bool:
    try:
        return data.isascii() or bool(data.decode())
    except UnicodeDecodeError:
        return False


def usual_events(data: bytes, at: int) -> Run | None:
    """Give the usual events that stand at this place of sound octets, or None if none does.

    They may be in the calendar twice, and in zones that it does not have.
    """
    first, commas, semicolons = at, 0, 0
    uids: list[bytes] = []
    forms: set[bytes] = set()
    while event := _EVENT.match(data, at):
        uid, url = _unfolded(event["UID"]), _unfolded(event["URL"])
        if not (_is_sound(event) and _UID.fullmatch(uid) and (not url or _URL.fullmatch(url))):
            break
        at = event.end()
        uids.append(uid)
        forms.add(event["FORM"])
        commas += event["CATEGORIES"].count(b",") + url.count(b",")
        semicolons += _SEMICOLONS + url.count(b";")
    if not uids or not _texts_are_sound(data[first:at], commas, semicolons):
        return None
    return Run(at, uids, {form[6:-1].decode() for form in forms if form.startswith(b";TZID=")})


def _unfolded(value: bytes | None) -> bytes:
    """Give what follows a name, without folds and the line's end."""
    return value[:-2].replace(b"\r\n ", b"") if value else b""


def _is_sound(event: re.Match[bytes]) -> bool:
    """Tell whether an event's times are some, and it has neither link nor alarm once it is over."""
    starts, ends = event["DTSTART"], event["DTEND"]
    is_over = event["DONE"] or event["CANCELLED"]
    return (
        starts < ends  # as octets, for both are written in one form
        and _is_moment(starts)
        and _is_moment(ends)
        and not (is_over and (event["URL"] or event["VALARM"]))
    )


@lru_cache(maxsize=1024)  # many events begin and end at the same moments
def _is_moment(digits: bytes) -> bool:
    try:
        return bool(datetime.fromisoformat(digits.decode()))
    except ValueError:
        return False


def _texts_are_sound(run: bytes, commas: int, semicolons: int) -> bool:
    """Tell whether each backslash escapes, and no more commas and semicolons are bare than so many.

    A fold inside an escape is no escape.
    """
    if _OPEN_ESCAPE.search(run):
        run = run.replace(rb"\\", b"")  # so that a backslash left over is none that is escaped
        if _OPEN_ESCAPE.search(run):
            return False
    return (
        len(_BARE_COMMA.findall(run)) == commas and len(_BARE_SEMICOLON.findall(run)) == semicolons
    )
