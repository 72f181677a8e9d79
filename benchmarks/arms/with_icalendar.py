"""The feed written the ordinary way with ``icalendar``: objects for all, then ``to_ical``."""

from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

import icalendar

from benchmarks.arms import Clock
from benchmarks.arms.wording import CALENDAR_ABOUT, CALENDAR_NAME, Said, Zones, said_of
from benchmarks.corpus import drafts_of, plans
from icsgen.feed.calendar import Drafts
from icsgen.model import Plan

__all__ = ["write"]


def write(count: int, file: Path, clock: Clock) -> None:
    """Write the feed of so many interviews."""
    zones = Zones()
    events: list[icalendar.Event] = []
    for made in plans(count):
        drafts = drafts_of(made)
        with clock:
            events += _events(made, drafts, zones)
    with clock:
        calendar = _calendar()
        for octets in zones.components():
            calendar.add_component(icalendar.Timezone.from_ical(octets.decode()))
        for event in events:
            calendar.add_component(event)
        file.write_bytes(calendar.to_ical())


def _calendar() -> icalendar.Calendar:
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Afterword//Afterword//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", CALENDAR_NAME)
    calendar.add("color", "teal")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-wr-calname", icalendar.vText(CALENDAR_NAME))
    calendar.add("x-wr-caldesc", icalendar.vText(CALENDAR_ABOUT))
    calendar.add("x-apple-calendar-color", "#008080")
    calendar.add("x-published-ttl", "PT1H")
    return calendar


def _events(made: Plan, drafts: Drafts, zones: Zones) -> Iterator[icalendar.Event]:
    for follow_up in made.follow_ups:
        said = said_of(made, follow_up, drafts[follow_up.interview_id, follow_up.step])
        zones.note(made.interview.zone, said.starts.date())
        yield _event(made, said)


def _event(made: Plan, said: Said) -> icalendar.Event:
    changed_at = (made.changed_at or made.interview.start).astimezone(UTC)
    event = icalendar.Event()
    event.add("uid", said.uid)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", made.sequence)
    event.add("dtstart", said.starts)
    event.add("dtend", said.ends)
    event.add("summary", said.title)
    event.add("description", said.description)
    event.add("categories", said.categories)
    event.add("transp", "TRANSPARENT")
    event.add("status", said.status)
    if said.link:
        event.add("url", said.link)
    if said.rings:
        event.add_component(_alarm(said))
    return event


def _alarm(said: Said) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", said.title)
    alarm.add("trigger", timedelta(0))
    return alarm
