"""An interview and a journal entry as the text of a row, and back.

The names are those of the JSON contract, but this is the store's own format: only a migration may
change it. Reading is quick because it checks nothing: what stands here was checked before it came.
Times are local to the interview's zone, as people agreed on them, so that a zone's new rules do not
move an interview; when something was done is a moment, and has its offset.
"""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from icsgen.journal import (
    Entry,
    Heard,
    News,
    NewsKind,
    Outcome,
    Promised,
    Sent,
    Skipped,
    Snoozed,
    Step,
    Undone,
)
from icsgen.model import (
    Channel,
    Contact,
    Culture,
    Industry,
    Interview,
    Pace,
    Rapport,
    Size,
)
from icsgen.zones import Zone, zone

__all__ = ["entry_of", "entry_text", "interview_of", "interview_text"]

Raw = dict[str, Any]

_ENTRIES: dict[str, type[Entry]] = {
    kind.__name__.lower(): kind for kind in (Sent, Skipped, Snoozed, Promised, Heard, News, Undone)
}


def interview_text(interview: Interview) -> str:
    """Give the row of an interview, without its id and journal, which have places of their own."""
    raw = {
        name: _plain(getattr(interview, name))
        for name in Interview._fields
        if name not in {"id", "journal"}
    }
    return _json(raw)


def interview_of(interview_id: str, text: str, entries: Iterable[str] = ()) -> Interview:
    """Give the interview of a row and of its journal's rows, in order.

    Raises ValueError, KeyError, TypeError or AttributeError for what ``interview_text`` never
    wrote, and UnknownPlace for a zone that is no longer known.
    """
    raw: Raw = json.loads(text)
    home = zone(raw["zone"])
    day, weekend = raw.get("promised"), raw.get("weekend")
    return Interview(
        id=interview_id,
        company=raw["company"],
        role=raw["role"],
        start=_local(raw["start"], home),
        end=_local(raw["end"], home),
        zone=home,
        country=raw.get("country"),
        subdivision=raw.get("subdivision"),
        contacts=tuple([Contact(**contact) for contact in raw.get("contacts", ())]),
        promised=date.fromisoformat(day) if day else None,
        industry=Industry(raw.get("industry", Industry.OTHER)),
        pace=Pace(raw.get("pace", Pace.NORMAL)),
        size=Size(raw.get("size", Size.SMALL)),
        rapport=Rapport(raw.get("rapport", Rapport.NORMAL)),
        culture=Culture(raw.get("culture", Culture.FORMAL)),
        channel=Channel(raw["channel"]) if "channel" in raw else None,
        round=raw.get("round"),
        notes=raw.get("notes"),
        topics=tuple(raw.get("topics", ())),
        concerns=tuple(raw.get("concerns", ())),
        closed=tuple([_days(first, last) for first, last in raw.get("closed", ())]),
        weekend=None if weekend is None else frozenset(weekend),
        playbook=raw.get("playbook"),
        journal=tuple([entry_of(entry, home) for entry in entries]),
    )


def entry_text(entry: Entry, home: Zone) -> str:
    """Give the row of a journal entry; ``home`` is its interview's zone."""
    raw: Raw = {"type": type(entry).__name__.lower(), "at": entry.at.astimezone(home).isoformat()}
    for name in entry._fields:
        value = getattr(entry, name)
        if name != "at":
            raw[name] = _plain(value.astimezone(home) if isinstance(value, datetime) else value)
    return _json(raw)


def entry_of(text: str, home: Zone) -> Entry:
    """Give the entry of a row, its times in ``home``; raises as ``interview_of`` does."""
    raw: Raw = json.loads(text)
    kind = _ENTRIES[raw.pop("type")]
    made: Raw = {name: _READ[name](value, home) for name, value in raw.items()}
    return kind(**made)


def _json(raw: Raw) -> str:
    said = {name: value for name, value in raw.items() if value is not None and value != []}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    match value:
        case datetime():
            return _local_text(value)
        case date():
            return value.isoformat()
        case Zone():
            return value.key
        case Contact():
            return {name: said for name, said in value._asdict().items() if said is not None}
        case tuple() | frozenset():
            return [_plain(item) for item in (value if isinstance(value, tuple) else sorted(value))]
        case _:
            return value


def _local_text(moment_at: datetime) -> str:
    """Give local time, with an offset only where clocks that go back make it come twice."""
    twin = moment_at.replace(fold=1 - moment_at.fold)
    whole = (
        moment_at if twin.utcoffset() != moment_at.utcoffset() else moment_at.replace(tzinfo=None)
    )
    return whole.isoformat()


def _local(text: str, home: Zone) -> datetime:
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=home) if found.tzinfo is None else found.astimezone(home)


def _days(first: str, last: str) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last)


_READ: dict[str, Callable[[Any, Zone], object]] = {
    "at": _local,
    "due": _local,
    "until": _local,
    "step": lambda value, _: Step(value),
    "to": lambda value, _: tuple(value),
    "on": lambda value, _: date.fromisoformat(value),
    "promised": lambda value, _: date.fromisoformat(value),
    "outcome": lambda value, _: Outcome(value),
    "news": lambda value, _: NewsKind(value),
    "entry": lambda value, _: value,
}
