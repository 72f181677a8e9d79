"""What a follow-up's event says, as plain values: what a library's objects are made from.

``icsgen.feed`` puts the same sentences together inside its writer; that the feeds are equal, event
by event, shows that both do it alike.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from icsgen.feed import words
from icsgen.feed.timezone import vtimezone
from icsgen.model import Draft, FollowUp, Plan, Reason, State
from icsgen.zones import Zone

__all__ = ["CALENDAR_ABOUT", "CALENDAR_NAME", "Said", "Zones", "said_of"]

CALENDAR_NAME, CALENDAR_ABOUT = words.CALENDARS["full"]

_LENGTH = timedelta(minutes=15)


class Zones:
    """The zones that a feed's events are in, and from when to when."""

    def __init__(self) -> None:
        self._spans: dict[Zone, tuple[date, date]] = {}

    def note(self, zone: Zone, day: date) -> None:
        """Take a day of an event."""
        first, last = self._spans.get(zone, (day, day))
        self._spans[zone] = min(first, day), max(last, day)

    def components(self) -> Iterator[bytes]:
        """Give a VTIMEZONE for each, by name: ours, since neither library writes the RRULEs."""
        for zone in sorted(self._spans, key=lambda zone: zone.key):
            yield vtimezone(zone, *self._spans[zone])


class Said(NamedTuple):
    """The values of one event."""

    uid: str
    title: str
    description: str
    categories: list[str]
    starts: datetime
    ends: datetime
    status: str
    link: str | None
    rings: bool


def said_of(made: Plan, follow_up: FollowUp, drafts: Sequence[Draft]) -> Said:
    """Give what the event of a follow-up says; only those that are open or settled by hand."""
    is_open = follow_up.state is State.OPEN
    return Said(
        uid=f"{follow_up.interview_id}.{follow_up.step.value}@afterword",
        title=words.title(follow_up, made.interview.company, made.interview.role),
        description=_description(follow_up, drafts if is_open else ()),
        categories=["Follow-up", words.CATEGORIES[follow_up.step]],
        starts=follow_up.due,
        ends=follow_up.due + _LENGTH,
        status="CONFIRMED",
        link=drafts[0].mailto if is_open else None,
        rings=is_open,
    )


def _description(follow_up: FollowUp, drafts: Sequence[Draft]) -> str:
    paragraphs = [_drafted(draft) for draft in drafts]
    if follow_up.settled_at is not None:
        at = f"{follow_up.settled_at:%Y-%m-%d at %H:%M}"
        paragraphs.append(f"{follow_up.state.value.capitalize()} on {at}. Nothing is left to do.")
    elif follow_up.forecast:
        paragraphs.append("This date may still move: an earlier message has not been sent yet.")
    paragraphs.append("\n".join(["Why this date:", *map(_reason, follow_up.reasons)]))
    return "\n\n".join(paragraphs)


def _reason(reason: Reason) -> str:
    source = "" if reason.source == "ours" else f" ({reason.source})"
    return f"- {reason.text}{source}"


def _drafted(draft: Draft) -> str:
    who = f"To {draft.to.name} <{draft.to.email}>" if draft.to else ""
    return f"{who}\nSubject: {draft.subject}\n\n{draft.body}\n\nOpen this draft: {draft.mailto}"
