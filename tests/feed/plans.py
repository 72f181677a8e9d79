"""Plans to make feeds of, and the feeds as strangers' parsers read them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import vobject
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event as StrictEvent

from icsgen.journal import Step
from icsgen.model import Channel, Contact, Draft, FollowUp, Interview, Plan, Reason, State
from icsgen.zones import Zone, zone

NEW_YORK = zone("America/New_York")
DANA = Contact("Dana Lee", "dana@acme.example", "+1 555 0100", "linkedin.com/in/dana")
SAM = Contact("Sam Roe", "sam@acme.example")
TOKEN = "a subscriber's"  # noqa: S105 - of nobody
AS_OF = datetime(2026, 11, 12, tzinfo=UTC)
REASONS = (
    Reason("wait", "A3.3", "Five business days after the interview; Dana Lee at Acme said so."),
    Reason("bridge", "ours", "The 27th is a bridge day, so it is left out."),
)


def interview(key: str = "k7", where: Zone = NEW_YORK, **more: Any) -> Interview:
    start = datetime(2026, 11, 10, 14, tzinfo=where)
    given = {"company": "Acme", "role": "Backend Engineer", "contacts": (DANA,), **more}
    return Interview(id=key, start=start, end=start + timedelta(hours=1), zone=where, **given)


def follow_up(
    step: Step = Step.FIRST_CHECK_IN,
    due: datetime = datetime(2026, 11, 18, 9, 30, tzinfo=NEW_YORK),
    state: State = State.OPEN,
    **more: Any,
) -> FollowUp:
    settled_at = None if state is State.OPEN else datetime(2026, 11, 11, 8, tzinfo=UTC)
    given = {
        "channel": Channel.EMAIL,
        "recipients": (DANA,),
        "reasons": REASONS,
        "settled_at": settled_at,
        "kind": step.value,
        **more,
    }
    day = timedelta(days=1)
    return FollowUp("k7", step, due - day, due, due + day, state, **given)


def plan(*follow_ups: FollowUp, about: Interview | None = None, sequence: int = 2) -> Plan:
    about = about or interview()
    own = tuple(each._replace(interview_id=about.id) for each in follow_ups)
    return Plan(about, "balanced", own, changed_at=about.start, sequence=sequence)


def draft(body: str = "Dear Dana, thank you.", to: Contact = DANA, **more: Any) -> Draft:
    given = {"subject": "Thank you", "mailto": f"mailto:{to.email}?subject=Thank%20you", **more}
    return Draft("thank_you", "k7", Step.THANK_YOU, to, body=body, **given)


def events(feed: bytes) -> Sequence[Any]:
    return icalendar.Calendar.from_ical(feed).walk("VEVENT")


def only(feed: bytes) -> Any:
    (event,) = events(feed)
    return event


def strict_events(feed: bytes) -> Sequence[StrictEvent]:
    return IcsCalendarStream.calendar_from_ics(feed.decode()).events


def vobject_events(feed: bytes) -> Sequence[Any]:
    calendar = vobject.readOne(feed.decode())
    return list(getattr(calendar, "vevent_list", []))
