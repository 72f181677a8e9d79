"""The feed written the ordinary way with ``ical``: models of pydantic, then ``calendar_to_ics``."""

from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

from ical.alarm import Alarm
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event
from ical.types import ExtraProperty

from benchmarks.arms import Clock
from benchmarks.arms.wording import CALENDAR_ABOUT, CALENDAR_NAME, Said, Zones, said_of
from benchmarks.corpus import drafts_of, plans
from icsgen.feed.calendar import Drafts
from icsgen.model import Plan

__all__ = ["write"]


def write(count: int, file: Path, clock: Clock) -> None:
    """Write the feed of so many interviews."""
    zones = Zones()
    events: list[Event] = []
    for made in plans(count):
        drafts = drafts_of(made)
        with clock:
            events += _events(made, drafts, zones)
    with clock:
        calendar = _calendar(b"".join(zones.components()).decode())
        calendar.events.extend(events)
        file.write_text(IcsCalendarStream.calendar_to_ics(calendar), "utf-8", newline="")


def _calendar(timezones: str) -> Calendar:
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Afterword//Afterword//EN\r\n"
    calendar = IcsCalendarStream.calendar_from_ics(f"{head}{timezones}END:VCALENDAR\r\n")
    calendar.calscale = "GREGORIAN"
    calendar.name = [CALENDAR_NAME]
    calendar.color = "teal"
    calendar.refresh_interval = timedelta(hours=1)
    calendar.extras += [
        ExtraProperty("x-wr-calname", CALENDAR_NAME),
        ExtraProperty("x-wr-caldesc", CALENDAR_ABOUT),
        ExtraProperty("x-apple-calendar-color", "#008080"),
        ExtraProperty("x-published-ttl", "PT1H"),
    ]
    return calendar


def _events(made: Plan, drafts: Drafts, zones: Zones) -> Iterator[Event]:
    for follow_up in made.follow_ups:
        said = said_of(made, follow_up, drafts[follow_up.interview_id, follow_up.step])
        zones.note(made.interview.zone, said.starts.date())
        yield _event(made, said)


def _event(made: Plan, said: Said) -> Event:
    changed_at = (made.changed_at or made.interview.start).astimezone(UTC)
    return Event.model_validate(
        {
            "uid": said.uid,
            "dtstamp": changed_at,
            "last_modified": changed_at,
            "sequence": made.sequence,
            "dtstart": said.starts,
            "dtend": said.ends,
            "summary": said.title,
            "description": said.description,
            "categories": said.categories,
            "transparency": "TRANSPARENT",
            "status": said.status,
            "url": said.link,
            "alarm": [_alarm(said)] if said.rings else [],
        }
    )


def _alarm(said: Said) -> Alarm:
    return Alarm(action="DISPLAY", description=said.title, trigger=timedelta(0))
