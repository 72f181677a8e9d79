"""That all arms wrote the same feed: ``python -m benchmarks.equal OURS ICALENDAR ICAL`` (files).

Two readings. Ours and icalendar's: from the first event to the end the same octets once unfolded
(RFC 5545 section 3.1; icalendar's folds cut escapes in two, ours do not), its ``P0D`` read as the
``PT0S`` it is. All of them: read by ``vobject``, the same components with the same properties,
parameters and values, the order of properties aside.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Feed", "differences", "main", "read"]

_ZERO = {"P", "P0D", "PT0S"}
"""A DURATION of nothing as the three write it; ical's ``P`` is none by RFC 5545 section 3.3.6."""

_COMMA = re.compile(r"(?<!\\),")

Lines = tuple[tuple[str, str, str], ...]


class Feed(NamedTuple):
    """A feed as an independent reader has it."""

    events: dict[str, Lines]
    """By UID: name, parameters and value of each property, its alarms' too, sorted."""
    octets: int


def main() -> None:
    """Print how many events there are and in how many octets; fail where two feeds differ."""
    ours, *others = map(Path, sys.argv[1:])
    found = list(differences(ours, others))
    if found:
        sys.exit("\n".join(found[:5]))
    feed = read(ours)
    print(len(feed.events), feed.octets)


def differences(ours: Path, others: Sequence[Path]) -> Iterator[str]:
    """Say where a feed is not ours; the first of the others must be its very octets."""
    expected = read(ours)
    for place, other in enumerate(others):
        if not place and _unfolded_events(ours) != _unfolded_events(other):
            yield f"{other.stem}: other octets than {ours.stem}'s"
        events = read(other).events
        if events.keys() != expected.events.keys():
            yield f"{other.stem}: {len(events)} events for {ours.stem}'s {len(expected.events)}"
        for uid in sorted(events.keys() & expected.events.keys()):
            if events[uid] != expected.events[uid]:
                theirs, mine = set(events[uid]), set(expected.events[uid])
                yield f"{other.stem}: {uid}: {sorted(theirs - mine)} for {sorted(mine - theirs)}"


def read(file: Path) -> Feed:
    """Give a feed's events as ``vobject`` reads them; fails for two of one UID."""
    import vobject  # slow, and the tests that compare nothing do without

    octets = file.read_bytes()
    text = octets.decode()
    (calendar,) = vobject.base.readComponents(text, transform=False)
    events = [part for part in calendar.components() if part.name == "VEVENT"]
    by_uid = {event.contents["uid"][0].value: _lines(event) for event in events}
    if len(by_uid) != len(events):
        raise ValueError(f"{file.stem}: two events of one UID")
    return Feed(by_uid, len(octets))


def _lines(component: Any) -> Lines:
    several: list[str] = []
    lines = []
    for line in component.lines():
        if line.name == "CATEGORIES":  # one line or several: the same (RFC 5545 section 3.8.1.2)
            several += [word for part in _parts(line.value) for word in _COMMA.split(part)]
        else:
            value = "PT0S" if line.name == "TRIGGER" and line.value in _ZERO else str(line.value)
            lines.append((_path(component, line.name), str(sorted(line.params.items())), value))
    if several:
        lines.append(("CATEGORIES", "", str(sorted(several))))
    inner = [_lines(part) for part in component.components()]
    return tuple(sorted([*lines, *(line for part in inner for line in part)]))


def _parts(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _path(component: Any, name: str) -> str:
    return name if component.name == "VEVENT" else f"{component.name} {name}"


def _unfolded_events(file: Path) -> bytes:
    octets = file.read_bytes().replace(b"\r\n ", b"")
    _, begin, events = octets.partition(b"BEGIN:VEVENT\r\n")
    return begin + events.replace(b"\r\nTRIGGER:P0D\r\n", b"\r\nTRIGGER:PT0S\r\n")


if __name__ == "__main__":
    main()
