"""A follow-up as the octets of a VEVENT (RFC 5545 section 3.6.1).

Written directly, in the order and the spelling in which icalendar writes the same event, so that
unfolded both give the same lines (a test compares them). Why not with icalendar: its objects cost
ten times the time, its import costs more than a whole small feed, and its fold breaks escapes. A
template compiled by it would still need our fold.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from icsgen.drafts.links import mailto, profile, tel
from icsgen.feed import words
from icsgen.feed.views import Style, View, masking, uid
from icsgen.feed.wire import escape, fold, text_line, uri
from icsgen.model import Channel, Contact, Draft, FollowUp, Plan, Reason, State
from icsgen.text import clean_line, clean_text
from icsgen.zones import Zone

__all__ = ["LENGTH", "Frame", "event_octets"]

LENGTH = timedelta(minutes=15)
"""How long a timed follow-up lasts; ours: long enough to be seen, short enough for a message."""

_BEGIN, _END = b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"
_TRANSPARENT = b"TRANSP:TRANSPARENT\r\n"
_ALARM = b"BEGIN:VALARM\r\nACTION:DISPLAY\r\n"
_TRIGGERS = {
    Style.TIMED: b"TRIGGER:PT0S\r\nEND:VALARM\r\n",
    Style.ALL_DAY: b"TRIGGER:PT9H30M\r\nEND:VALARM\r\n",
}
"""When an alarm rings, from the event's start (RFC 5545 section 3.8.6.3)."""

_TWO = tuple(f"{number:02}" for number in range(60))
"""Numbers in two digits."""
_BLANKS = " " * 64
"""As many as stand in a row at most: a line of nothing else is an empty one to some readers."""


class Frame(NamedTuple):
    """What all events of one interview have in common, made once."""

    interview_id: str
    zone: Zone
    sequence: int
    view: View
    style: Style
    token: str
    company: str
    """Clean, and initials where the view wants them; so is ``role``."""
    role: str
    mask: Callable[[str], str]
    stamp: str
    """The last real change, in UTC, as a DATE-TIME."""

    @classmethod
    def of(cls, plan: Plan, view: View, style: Style, token: str) -> "Frame":
        """Give the frame of a plan's events."""
        interview = plan.interview
        mask = masking(interview) if view is View.INITIALS else str
        changed_at = (plan.changed_at or interview.start).astimezone(UTC)
        return cls(
            interview.id,
            interview.zone,
            plan.sequence,
            view,
            style,
            token,
            company=clean_line(mask(interview.company)),
            role=clean_line(mask(interview.role)),
            mask=mask,
            stamp=f"{_local(changed_at)}Z",
        )


def event_octets(
    frame: Frame, follow_up: FollowUp, drafts: Sequence[Draft], note: str = ""
) -> bytes:
    """Give one VEVENT; ``drafts`` show while it is open and in full view, ``note`` after them."""
    is_open = follow_up.state is State.OPEN
    title = escape(_title(frame, follow_up))
    drafts = _unsent(follow_up, drafts)
    links = _links(frame, follow_up, drafts) if is_open and frame.view is View.FULL else ()
    pieces = (
        _BEGIN,
        fold(f"SUMMARY:{title}"),
        _head(frame, follow_up),
        _description(frame, follow_up, drafts, links, note),
        f"LAST-MODIFIED:{_stamp(frame, follow_up)}\r\nSTATUS:{_status(follow_up)}\r\n".encode(),
        _TRANSPARENT,
        fold(f"URL:{links[0][1]}") if links else b"",
        _alarm(frame.style, title) if is_open else b"",
        _END,
    )
    return b"".join(pieces)


def _title(frame: Frame, follow_up: FollowUp) -> str:
    if frame.view is View.BLANK:
        return words.BLANK_TITLES[follow_up.state]
    return words.title(follow_up, frame.company, frame.role)


def _status(follow_up: FollowUp) -> str:
    return "CANCELLED" if follow_up.state is State.CANCELLED else "CONFIRMED"


def _stamp(frame: Frame, follow_up: FollowUp) -> str:
    """Give the follow-up's own last change where the store knows it, else its plan's."""
    if follow_up.changed_at is None:
        return frame.stamp
    return f"{_local(follow_up.changed_at.astimezone(UTC))}Z"


def _head(frame: Frame, follow_up: FollowUp) -> bytes:
    """Give DTSTART to CATEGORIES."""
    named = uid(clean_line(frame.interview_id), follow_up.step.value, frame.view, frame.token)
    category = (
        "Reminder" if frame.view is View.BLANK else f"Follow-up,{words.CATEGORIES[follow_up.step]}"
    )
    number = frame.sequence if follow_up.sequence is None else follow_up.sequence
    return (
        f"{_times(frame, follow_up)}DTSTAMP:{_stamp(frame, follow_up)}\r\n".encode()
        + fold(f"UID:{escape(named)}")
        + f"SEQUENCE:{number}\r\nCATEGORIES:{category}\r\n".encode()
    )


def _times(frame: Frame, follow_up: FollowUp) -> str:
    zone = frame.zone
    due = follow_up.due if follow_up.due.tzinfo is zone else follow_up.due.astimezone(zone)
    if frame.style is Style.ALL_DAY:
        on = due.date()
        after = on + timedelta(days=1)
        return f"DTSTART;VALUE=DATE:{on:%Y%m%d}\r\nDTEND;VALUE=DATE:{after:%Y%m%d}\r\n"
    # Clock time, not elapsed: across an autumn change the end would else be written before the
    # start.
    end = due + LENGTH
    return f"DTSTART;TZID={zone.key}:{_local(due)}\r\nDTEND;TZID={zone.key}:{_local(end)}\r\n"


def _local(moment: datetime) -> str:
    # By hand: strftime takes four times as long, and this is written three times an event.
    day = f"{moment.year:04}{_TWO[moment.month]}{_TWO[moment.day]}"
    return f"{day}T{_TWO[moment.hour]}{_TWO[moment.minute]}{_TWO[moment.second]}"


def _alarm(style: Style, title: str) -> bytes:
    return b"%b%b%b" % (_ALARM, fold(f"DESCRIPTION:{title}"), _TRIGGERS[style])


def _description(
    frame: Frame,
    follow_up: FollowUp,
    drafts: Sequence[Draft],
    links: Sequence[tuple[str, str]],
    note: str,
) -> bytes:
    if frame.view is View.BLANK:
        return b""
    if follow_up.state is not State.OPEN:
        paragraphs = [_settled(frame, follow_up)]
    elif drafts and frame.view is View.FULL:
        paragraphs = [_drafted(draft) for draft in drafts]
        if links and not any(draft.mailto for draft in drafts):
            paragraphs.append(_listed_links(links))
    else:
        paragraphs = [_undrafted(frame, follow_up, links)]
    if note:
        paragraphs.append(note)
    if follow_up.forecast and follow_up.state is State.OPEN:
        paragraphs.append("This date may still move: an earlier message has not been sent yet.")
    if follow_up.reasons:
        paragraphs.append("\n".join(["Why this date:", *_reasons(frame, follow_up.reasons)]))
    return text_line("DESCRIPTION", _unblanked(clean_text("\n\n".join(paragraphs))))


def _unblanked(text: str) -> str:
    """Give a text without runs of blanks that could fill a line once it is folded."""
    # Asked of every event, hence the quick look first; with tabs the pattern looks itself.
    if _BLANKS in text or "\t" in text:
        return re.sub(rf"[ \t]{{{len(_BLANKS)},}}", _BLANKS, text)
    return text


def _reasons(frame: Frame, reasons: Sequence[Reason]) -> Iterator[str]:
    for reason in reasons:
        source = "" if reason.source == "ours" else f" ({reason.source})"
        yield f"- {frame.mask(reason.text)}{source}"


def _settled(frame: Frame, follow_up: FollowUp) -> str:
    what = f"{follow_up.state.value.capitalize()}"
    if follow_up.settled_at is None:
        return f"{what}. Nothing is left to do."
    at = follow_up.settled_at.astimezone(frame.zone)
    return f"{what} on {at.date().isoformat()} at {at:%H:%M}. Nothing is left to do."


def _drafted(draft: Draft) -> str:
    lines = [f"To {_person(draft.to)}"] if draft.to else []
    if draft.subject:
        lines.append(f"Subject: {clean_line(draft.subject)}")
    if lines:
        lines.append("")
    lines.append(draft.body.strip())
    if draft.mailto:
        lines += ["", f"Open this draft: {uri(draft.mailto)}"]
    return "\n".join(lines)


def _undrafted(frame: Frame, follow_up: FollowUp, links: Sequence[tuple[str, str]]) -> str:
    remaining = _remaining(follow_up)
    people = _listed([clean_line(frame.mask(person.name)) for person in remaining])
    told = words.to_do(follow_up, people or "them", frame.company, frame.role)
    return f"{told}\n\n{_listed_links(links)}" if links else told


def _listed_links(links: Sequence[tuple[str, str]]) -> str:
    return "\n".join([f"{who}: {link}" for who, link in links])


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def _person(person: Contact) -> str:
    name = clean_line(person.name)
    return f"{name} <{clean_line(person.email)}>" if person.email else name


def _remaining(follow_up: FollowUp) -> Sequence[Contact]:
    """Give those to whom something is still to be sent."""
    thanked = {name.casefold() for name in follow_up.sent_to}
    if not thanked:
        return follow_up.recipients
    return [
        person
        for person in follow_up.recipients
        if not {person.name.casefold(), (person.email or person.name).casefold()} & thanked
    ]


def _unsent(follow_up: FollowUp, drafts: Sequence[Draft]) -> Sequence[Draft]:
    if not follow_up.sent_to:
        return drafts
    remaining = _remaining(follow_up)
    return [draft for draft in drafts if draft.to is None or draft.to in remaining]


def _links(frame: Frame, follow_up: FollowUp, drafts: Sequence[Draft]) -> Sequence[tuple[str, str]]:
    """Give whom each link reaches, and the link: the drafts' own, else plain ones."""
    own = [("", uri(draft.mailto)) for draft in drafts if draft.mailto]
    if drafts and own:
        return own
    subject = words.subject(follow_up, frame.company, frame.role)
    found = (
        (person, _link(person, follow_up.channel, subject)) for person in _remaining(follow_up)
    )
    return [(clean_line(person.name), link) for person, link in found if link]


def _link(person: Contact, channel: Channel | None, subject: str) -> str | None:
    match channel:
        case Channel.EMAIL:
            return mailto(person.email or "", subject)
        case Channel.PHONE:
            return tel(person.phone or "")
        case Channel.LINKEDIN:
            return profile(person.linkedin or "")
    return None
