"""iCalendar: an invitation becomes an interview, a calendar those that look like one."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from icsgen.errors import InputError
from icsgen.model import Problem, Severity
from icsgen.sources.encoding import decode
from icsgen.sources.ics_guess import employer_label, guessed, looks_like_interview
from icsgen.sources.ics_process import parsed_apart
from icsgen.sources.ics_zones import local_time
from icsgen.sources.people import email_address
from icsgen.sources.reading import Cancellation, Item, Options, Record, Skipped
from icsgen.sources.spot import shown
from icsgen.text import clean_line
from icsgen.zones import zone

_OPENING = re.compile(r"\s*BEGIN:VCALENDAR\b", re.IGNORECASE)
_DURATION = re.compile(
    r"\+?P(?:(?P<weeks>[0-9]{1,4})W)?(?:(?P<days>[0-9]{1,4})D)?"
    r"(?:T(?:(?P<hours>[0-9]{1,5})H)?(?:(?P<minutes>[0-9]{1,6})M)?(?:[0-9]{1,7}S)?)?"
)
_HEAD_BYTES = 4096
_NOBODY = re.compile(
    r"no-?reply|donotreply|notifications?@|@(?:group|resource)\.calendar\.google\.com",
    re.IGNORECASE,
)
_NO_PERSON = frozenset(("ROOM", "RESOURCE", "GROUP"))

Event = Mapping[str, Any]
"""An event as ``ics_child`` gives it."""


class IcsFile:
    """Interviews as events of a calendar file."""

    name = "ics"

    def claims(self, data: bytes, file_name: str) -> bool:
        """Tell by the opening line."""
        del file_name
        try:
            return bool(_OPENING.match(decode(data[:_HEAD_BYTES]).text))
        except InputError:
            return False

    def records(self, data: bytes, where: str, options: Options) -> Iterator[Item]:
        """Give a record for each event that looks like an interview, and why not for the rest."""
        decoded = decode(data)
        if decoded.note:
            yield Problem(where, Severity.NOTE, decoded.note)
        answer = parsed_apart(decoded.text)
        faults: Any = answer["faults"]
        for fault in faults:
            yield Problem(
                f"{where}, line {fault['line']}", Severity.WARNING, clean_line(fault["what"])
            )
        events: Any = answer["events"]
        if not events:
            yield Problem(where, Severity.REFUSED, "there is no event in this calendar")
        yield from _chosen(list(events), where, options)


def _chosen(events: list[Event], where: str, options: Options) -> Iterator[Item]:
    counted = _latest(events)
    wanted = {at for at in counted if len(counted) == 1 or _wanted(events[at], options.match)}
    alone = sum(not _is_called_off(events[at]) for at in wanted) == 1
    for at, event in enumerate(events):
        place = _place(event, where)
        if event["broken"]:
            yield Problem(place, Severity.REFUSED, f"the event cannot be read: {event['broken']}")
        elif at not in counted:
            yield Skipped(place, _why_outdone(event))
        elif at not in wanted:
            yield Skipped(place, "it does not look like an interview; --match TEXT imports it")
        elif _is_called_off(event):
            yield Cancellation(place, _uid(event), _sequence(event), _summary(event))
        else:
            yield from _record(event, place, options, alone=alone)


def _why_outdone(event: Event) -> str:
    """Say why an event gives way to another of the same UID."""
    if event["one_of_series"]:
        return "it changes one date of a recurring event, of which the first counts"
    return "another version of the same event in the file counts, by its SEQUENCE"


def _latest(events: list[Event]) -> set[int]:
    """Give the positions of the events that count: of those with one UID, one.

    One that is whole goes before one that is not, the series itself before its single dates; then
    the highest SEQUENCE, the later DTSTAMP, the later in the file (RFC 5546 section 2.1.5).
    """
    best: dict[str, int] = {}
    for at, event in enumerate(events):
        key = _uid(event) or f"\0{at}"
        if key not in best or _rank(event) >= _rank(events[best[key]]):
            best[key] = at
    return set(best.values())


def _rank(event: Event) -> tuple[bool, bool, int, str]:
    whole = not event["broken"]
    return whole, not event["one_of_series"], _sequence(event), event["dtstamp"] or ""


def _record(event: Event, place: str, options: Options, *, alone: bool) -> Iterator[Item]:
    problems: list[Problem] = []
    fault = _why_not(event)
    if fault:
        yield Problem(place, Severity.REFUSED, fault)
        return
    fields: dict[str, object] = _times(event, place, options, problems)
    people, left_out = _people(event, options)
    if people:
        fields["contacts"] = people
    emails = [str(person["email"]) for person in people if "email" in person]
    found = guessed(_summary(event), [str(person.get("name")) for person in people], emails)
    if alone:
        said = {"company": options.company, "role": options.role}
        found = {name: value for name, value in found.items() if not said[name]}
    if found:
        listed = ", ".join(f"{name} {shown(value)}" for name, value in found.items())
        problems.append(Problem(place, Severity.NOTE, f"guessed from the invitation: {listed}"))
    if left_out:
        problems.append(
            Problem(place, Severity.NOTE, f"not taken for contacts: {', '.join(left_out)}")
        )
    if event["recurring"]:
        problems.append(Problem(place, Severity.WARNING, "it recurs; only its first date is taken"))
    yield from problems
    yield Record(place, fields | found, "", tuple(found), _uid(event) or None, _sequence(event))


def _why_not(event: Event) -> str:
    """Say why an event cannot become an interview; nothing if it can."""
    start = event["start"]
    fault = next((fault for fault in event["faults"] if "DTSTART" in fault), None)
    if fault:
        return f"the event cannot be read: {fault}"
    if start is None:
        return "the event has no start; add DTSTART"
    if re.fullmatch(r"[0-9]{8}", start["value"]):
        return "the event lasts all day; give it a time of day"
    if local_time(start["value"]) is None:
        return f"its start {shown(start['value'])} is no date and time like 20261110T140000"
    if start["tzid"] and not start["zone"] and not start["offset"] and not _is_utc(start):
        zone_name = shown(start["tzid"])
        return f"its time zone {zone_name} is unknown and not described; use one like Europe/Paris"
    return ""


def _times(
    event: Event, place: str, options: Options, problems: list[Problem]
) -> dict[str, object]:
    """Give start, end and zone: moments are kept, the zone is the invitation's if it has one."""
    start, end = event["start"], event["end"]
    fields: dict[str, object] = {"start": _iso(start)}
    fallback = options.timezone or event["calendar_zone"]
    named = start["zone"]
    if named or fallback:
        fields["timezone"] = named or fallback
    if not named:
        what = "gives its times in UTC" if _is_utc(start) else "names no zone that we know"
        taken = f"; {fallback} is taken for the employer's" if fallback else ""
        problems.append(
            Problem(f"{place}, timezone", Severity.WARNING, f"the invitation {what}{taken}")
        )
    minutes = _minutes(event["duration"])
    if end is not None and local_time(end["value"]):
        fields["end"] = _iso(
            end if _is_utc(end) or end["offset"] or end["zone"] else end | {"zone": start["zone"]},
            start,
        )
    elif minutes:
        fields["minutes"] = minutes
    else:
        problems.append(
            Problem(
                f"{place}, end", Severity.WARNING, "the invitation has no end; an hour is taken"
            )
        )
    return fields


def _iso(stamp: Mapping[str, str | None], start: Mapping[str, str | None] | None = None) -> str:
    """Give a time as ISO 8601, with an offset unless it is local to the interview's zone."""
    local = local_time(stamp["value"] or "")
    if local is None:
        return stamp["value"] or ""
    if _is_utc(stamp):
        return f"{local.isoformat()}+00:00"
    if start is not None and stamp["zone"] and stamp["zone"] != start["zone"]:
        return local.replace(tzinfo=zone(stamp["zone"])).isoformat()
    return local.isoformat() + ("" if stamp["zone"] else stamp["offset"] or "")


def _is_utc(stamp: Mapping[str, str | None]) -> bool:
    return (stamp["value"] or "").endswith("Z")


def _minutes(duration: str | None) -> int:
    found = _DURATION.fullmatch(duration or "")
    if not found:
        return 0
    weeks, days, hours, minutes = (int(part or 0) for part in found.groups())
    return ((weeks * 7 + days) * 24 + hours) * 60 + minutes


def _people(event: Event, options: Options) -> tuple[list[dict[str, object]], list[str]]:
    """Give the contacts, the organiser first, and the addresses that are none of the employer's.

    The person's own address is nobody; where the setting does not say it, the one that is most
    likely theirs is left out, and said so.
    """
    own = (options.email or "").casefold()
    organizer = [event["organizer"]] if event["organizer"] else []
    found: dict[str, dict[str, object]] = {}
    for person in [*organizer, *event["attendees"]]:
        email = email_address(person["email"] or "")
        key = (email or "").casefold()
        if (
            email is None
            or key in {own, *found}
            or _NOBODY.search(email)
            or person["kind"] in _NO_PERSON
        ):
            continue
        name = clean_line(person["name"] or "").strip("'\" ")
        found[key] = (
            {"name": name, "email": email} if name and name.casefold() != key else {"email": email}
        )
    domain = _employer_domain(list(found))
    if own or domain is None:
        return list(found.values()), []
    outside = [key for key in found if key.rpartition("@")[2] != domain]
    private = [key for key in outside if employer_label(key) is None]
    # Whoever writes from a mail service, else the only one from elsewhere, is likely the person.
    likely = private or (outside if len(outside) == 1 else [])
    return [found[key] for key in found if key not in likely], likely


def _employer_domain(emails: list[str]) -> str | None:
    return next((email.rpartition("@")[2] for email in emails if employer_label(email)), None)


def _wanted(event: Event, match: str | None) -> bool:
    texts = (_summary(event), event["description"] or "")
    asked = match is not None and any(match.casefold() in text.casefold() for text in texts)
    return asked or looks_like_interview(*texts)


def _is_called_off(event: Event) -> bool:
    said = {(event["method"] or "").strip().upper(), (event["status"] or "").strip().upper()}
    return bool(said & {"CANCEL", "CANCELLED", "CANCELED"})


def _place(event: Event, where: str) -> str:
    title = _summary(event)
    return f"{where}, line {event['line']}" + (f" ({shown(title)})" if title else "")


def _summary(event: Event) -> str:
    return clean_line(event["summary"] or "")[:300]


def _uid(event: Event) -> str:
    return clean_line(event["uid"] or "")[:300]


def _sequence(event: Event) -> int:
    digits = (event["sequence"] or "").strip()
    return int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else 0
