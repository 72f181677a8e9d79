"""A feed out of chunks, one an interview, so that a change renders one chunk again.

``feed`` is ``assemble`` over ``chunk``; a server keeps the chunks and assembles anew.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from icsgen.feed import words
from icsgen.feed.event import Frame, event_octets
from icsgen.feed.timezone import vtimezone
from icsgen.feed.views import Style, View
from icsgen.feed.wire import text_line
from icsgen.journal import Step
from icsgen.model import Draft, FollowUp, Plan, State
from icsgen.text import clean_line
from icsgen.zones import Zone

__all__ = [
    "LIMIT_OCTETS",
    "Chunk",
    "Drafts",
    "Event",
    "assemble",
    "chunk",
    "dropped",
    "feed",
    "pieces",
]

Drafts = Mapping[tuple[str, Step], Sequence[Draft]]
"""Drafts by interview and step, one a recipient."""

LIMIT_OCTETS = 900_000
"""Above this drafts are dropped: Google reads no feed of more than about 1 MB."""

_CANCELLED_FOR = timedelta(days=14)
"""How long a cancelled event stays, so that every subscriber sees it cancelled once."""

_SHORTENED = (
    "The draft is left out here to keep this calendar small enough; Afterword still has it."
)

_NOTHING: Drafts = {}

_END = b"END:VCALENDAR\r\n"
_HEAD = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Afterword//Afterword//EN\r\nCALSCALE:GREGORIAN\r\n"
)
_HINTS = (
    "COLOR:teal\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n"
    "X-APPLE-CALENDAR-COLOR:#008080\r\nX-PUBLISHED-TTL:PT1H\r\n"
)
"""RFC 7986 sections 5.7 and 5.9, and what Apple and Outlook read instead; an hour is ours."""


class Event(NamedTuple):
    """A follow-up's VEVENT."""

    octets: bytes
    due_at: datetime
    gone_at: datetime | None
    """From when on a cancelled one is left out; None: it stays."""
    follow_up: FollowUp
    has_draft: bool
    """Whether there is a draft in it that can be dropped."""


class Chunk(NamedTuple):
    """All of one interview's events, ready to be put into a feed."""

    frame: Frame
    events: tuple[Event, ...]
    zone: Zone | None
    """What the times are in; None where there are only dates."""
    first_on: date
    """The earliest and the latest local date of an event."""
    last_on: date

    def shown(self, as_of: datetime) -> Iterator[Event]:
        """Give the events that are not gone at ``as_of``."""
        return (event for event in self.events if event.gone_at is None or as_of < event.gone_at)

    def lean(self, event: Event) -> bytes:
        """Give one of its events without its draft."""
        return event_octets(self.frame, event.follow_up, (), _SHORTENED)


def feed(  # noqa: PLR0913 - all but two are names with a default
    plans: Iterable[Plan],
    as_of: datetime,
    *,
    view: View = View.FULL,
    style: Style = Style.TIMED,
    drafts: Drafts = _NOTHING,
    token: str = "",
    name: str = "",
    limit_octets: int | None = LIMIT_OCTETS,
) -> bytes:
    """Give the calendar of these plans, the same octets for the same input.

    ``as_of`` (aware) only decides which cancelled events are gone. ``token`` keys the UIDs of views
    other than the full one; ``name`` is the calendar's, by default the view's own; above
    ``limit_octets`` drafts are dropped (None: never).
    """
    return b"".join(
        feed_pieces(
            plans,
            as_of,
            view=view,
            style=style,
            drafts=drafts,
            token=token,
            name=name,
            limit_octets=limit_octets,
        )
    )


def feed_pieces(  # noqa: PLR0913 - the same as `feed`
    plans: Iterable[Plan],
    as_of: datetime,
    *,
    view: View = View.FULL,
    style: Style = Style.TIMED,
    drafts: Drafts = _NOTHING,
    token: str = "",
    name: str = "",
    limit_octets: int | None = LIMIT_OCTETS,
) -> tuple[bytes, ...]:
    """Give what ``feed`` joins: a large feed is linted and written without a second copy of it."""
    known = list(plans) if drafts else plans  # read twice only for drafts
    hopeless = _hopeless(known, drafts, limit_octets) if view is View.FULL else frozenset()
    chunks = [
        chunk(plan, view=view, style=style, drafts=drafts, token=token, without=hopeless)
        for plan in known
    ]
    return tuple(pieces(chunks, as_of, view=view, name=name, limit_octets=limit_octets))


def chunk(
    plan: Plan,
    *,
    view: View = View.FULL,
    style: Style = Style.TIMED,
    drafts: Drafts = _NOTHING,
    token: str = "",
    without: Container[tuple[str, Step]] = (),
) -> Chunk:
    """Give one plan's events, each as octets; nothing here depends on the day it is done.

    ``without`` are those whose draft is left out from the start, and which say so.
    """
    frame = Frame.of(plan, view, style, token)
    events = tuple(
        _lean_event(frame, each)
        if (each.interview_id, each.step) in without
        else _event(frame, each, drafts.get((plan.interview.id, each.step), ()))
        for each in plan.follow_ups
    )
    zone = plan.interview.zone
    days = [_day(event.due_at, zone) for event in events] or [plan.interview.start.date()]
    return Chunk(frame, events, zone if style is Style.TIMED else None, min(days), max(days))


def _day(moment: datetime, zone: Zone) -> date:
    return (moment if moment.tzinfo is zone else moment.astimezone(zone)).date()


def _event(frame: Frame, follow_up: FollowUp, drafts: Sequence[Draft]) -> Event:
    gone_at = None
    if follow_up.state is State.CANCELLED and follow_up.settled_at:
        gone_at = follow_up.settled_at.astimezone(UTC) + _CANCELLED_FOR
    has_draft = bool(drafts) and follow_up.state is State.OPEN and frame.view is View.FULL
    return Event(
        event_octets(frame, follow_up, drafts), follow_up.due, gone_at, follow_up, has_draft
    )


def _lean_event(frame: Frame, follow_up: FollowUp) -> Event:
    octets = event_octets(frame, follow_up, (), _SHORTENED)
    return Event(octets, follow_up.due, None, follow_up, has_draft=False)


def _hopeless(
    plans: Iterable[Plan], drafts: Drafts, limit_octets: int | None
) -> frozenset[tuple[str, Step]]:
    """Give drafts that are sure to be dropped, so that they need not be written first.

    The nearer drafts alone, by the least they can take, are already too much.
    """
    if limit_octets is None or not drafts:
        return frozenset()
    open_ones = [
        (each.due, (plan.interview.id, each.step))
        for plan in plans
        for each in plan.follow_ups
        if each.state is State.OPEN and drafts.get((plan.interview.id, each.step))
    ]
    taken, hopeless = 0, []
    for _, key in sorted(open_ones):
        taken += sum(len(draft.body) + 2 * len(draft.mailto or "") for draft in drafts[key])
        if taken > limit_octets:
            hopeless.append(key)
    return frozenset(hopeless)


def assemble(
    chunks: Iterable[Chunk],
    as_of: datetime,
    *,
    view: View = View.FULL,
    name: str = "",
    limit_octets: int | None = LIMIT_OCTETS,
) -> bytes:
    """Give the calendar of these chunks, in the order of their interviews' ids; see ``feed``."""
    return b"".join(pieces(chunks, as_of, view=view, name=name, limit_octets=limit_octets))


def pieces(
    chunks: Iterable[Chunk],
    as_of: datetime,
    *,
    view: View = View.FULL,
    name: str = "",
    limit_octets: int | None = LIMIT_OCTETS,
) -> Iterator[bytes]:
    """Give what ``assemble`` joins, piece by piece, so that it need not be whole in memory."""
    ordered = sorted(chunks, key=_interview_id)
    head = _head(ordered, as_of, view, name)
    lean = _too_much(ordered, as_of, len(head), limit_octets)
    yield head
    for part in ordered:
        for event in part.shown(as_of):
            yield lean.get(_key(event), event.octets) if lean else event.octets
    yield _END


def dropped(
    chunks: Iterable[Chunk],
    as_of: datetime,
    *,
    view: View = View.FULL,
    name: str = "",
    limit_octets: int | None = LIMIT_OCTETS,
) -> tuple[tuple[str, Step], ...]:
    """Give interview and step of each draft dropped for the feed's size, farthest first."""
    ordered = sorted(chunks, key=_interview_id)
    head = _head(ordered, as_of, view, name)
    return tuple(_too_much(ordered, as_of, len(head), limit_octets))


def _interview_id(part: Chunk) -> str:
    return part.frame.interview_id


def _key(event: Event) -> tuple[str, Step]:
    return event.follow_up.interview_id, event.follow_up.step


def _head(chunks: Sequence[Chunk], as_of: datetime, view: View, name: str) -> bytes:
    """Give everything before the events."""
    own_name, about = words.CALENDARS[view.value]
    called = clean_line(name) or own_name
    return b"".join(
        (
            _HEAD.encode(),
            text_line("X-WR-CALDESC", about),
            text_line("NAME", called),
            text_line("X-WR-CALNAME", called),
            _HINTS.encode(),
            *_timezones(chunks, as_of),
        )
    )


def _timezones(chunks: Sequence[Chunk], as_of: datetime) -> Iterator[bytes]:
    """Give the VTIMEZONE of each zone used, gone events spanned too, so that no octet moves."""
    zones = {part.zone.key: part.zone for part in chunks if part.zone and any(part.shown(as_of))}
    for key in sorted(zones):
        alike = [part for part in chunks if part.zone is zones[key]]
        first = min(part.first_on for part in alike)
        yield vtimezone(zones[key], first, max(part.last_on for part in alike))


def _too_much(
    chunks: Sequence[Chunk], as_of: datetime, head_octets: int, limit_octets: int | None
) -> dict[tuple[str, Step], bytes]:
    """Give the events that must do without their draft, farthest first, as they then are."""
    if limit_octets is None:
        return {}
    total = (
        head_octets
        + len(_END)
        + sum(len(event.octets) for part in chunks for event in part.shown(as_of))
    )
    if total <= limit_octets:
        return {}
    drafted = [(part, event) for part in chunks for event in part.shown(as_of) if event.has_draft]
    drafted.sort(key=lambda item: (item[1].due_at, _key(item[1])), reverse=True)
    lean: dict[tuple[str, Step], bytes] = {}
    for part, event in drafted:
        if total <= limit_octets:
            break
        octets = lean[_key(event)] = part.lean(event)
        total -= len(event.octets) - len(octets)
    return lean
