"""How the command line says things: steps, moments, people, sources."""

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo

from icsgen.journal import Step
from icsgen.model import Channel, Contact, FollowUp, Interview, State, Status

STEPS = {
    Step.THANK_YOU: "thank-you",
    Step.EARLY_CHECK_IN: "early check-in",
    Step.FIRST_CHECK_IN: "first check-in",
    Step.SECOND_CHECK_IN: "second check-in",
    Step.CLOSE_OUT: "close-out",
    Step.REPLY: "reply",
}
STATUS_STYLES: dict[Status, tuple[str, ...]] = {
    Status.DUE: ("bold", "green"),
    Status.OVERDUE: ("bold", "red"),
    Status.MISSED: ("yellow",),
    Status.SENT: ("dim",),
    Status.SKIPPED: ("dim",),
    Status.CANCELLED: ("dim",),
}
"""Colour only underlines; the word itself is always there."""

OURS = "ours"
"""The source of a rule that no article states."""

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BY = {Channel.EMAIL: "e-mail", Channel.PHONE: "phone", Channel.LINKEDIN: "LinkedIn"}
_ARTICLES = {
    "A0": "the one-week article",
    "A1": "the long guide",
    "A2": "the six-point article",
    "A3": "the career firm’s article",
    "A4": "the article on channels",
}
_POINT = r"\b(A[0-4])(?:\.([0-9]+[ab]?))?\b"


def day(moment: datetime, year: int) -> str:
    """Give a date as a table has it, ``Wed 18 Nov``, with the year where it is not ``year``."""
    words = f"{_WEEKDAYS[moment.weekday()]} {moment.day:2} {_MONTHS[moment.month - 1]}"
    return words if moment.year == year else f"{words} {moment.year}"


def moment(at: datetime, year: int) -> str:
    """Give date and time."""
    return f"{day(at, year)} {clock(at)}"


def beside(local: datetime, other: datetime) -> str:
    """Give a time next to the same moment elsewhere: with the weekday where it is another day."""
    same_day = local.date() == other.date()
    return clock(local) if same_day else f"{_WEEKDAYS[local.weekday()]} {clock(local)}"


def clock(moment: datetime) -> str:
    """Give the time of day."""
    return f"{moment:%H:%M}"


def here(moment: datetime, zone: tzinfo | None = None) -> datetime | None:
    """Give a moment as this machine's clock shows it, None where that is the same.

    `zone` stands for the machine's own.
    """
    try:
        local = moment.astimezone(zone)
    except (OverflowError, ValueError, OSError):  # a year that the system's clock does not know
        return None
    return None if local.utcoffset() == moment.utcoffset() else local


def place(interview: Interview) -> str:
    """Give where the employer's clock is: the last word of the zone's name."""
    return interview.zone.key.rpartition("/")[2].replace("_", " ")


def how(follow_up: FollowUp) -> str:
    """Give how and to whom a message goes, in a few words."""
    if follow_up.silent:
        return "nothing to send: let it go"
    people = _people(follow_up)
    if follow_up.channel is None:
        return f"no address of {people}" if people else "ask HR whom to write to"
    return f"{_BY[follow_up.channel]} to {people}" if people else _BY[follow_up.channel]


def _people(follow_up: FollowUp) -> str:
    """Give who is still to be written to, the number first where they are several."""
    names = [person.name for person in _left(follow_up)]
    return f"{len(names)}: {', '.join(names)}" if len(names) > 1 else "".join(names)


def _left(follow_up: FollowUp) -> Sequence[Contact]:
    """Give the recipients that have nothing yet; all of them once it is settled."""
    thanked = {name.casefold() for name in follow_up.sent_to}
    if follow_up.state is not State.OPEN or not thanked:
        return follow_up.recipients
    return [
        person
        for person in follow_up.recipients
        if not {person.name.casefold(), (person.email or person.name).casefold()} & thanked
    ]


def source(code: str) -> str:
    """Give where a rule comes from, in words: ``A3.3`` is the third point of an article."""
    return "our own rule" if code == OURS else spelled_out(code)


def spelled_out(text: str) -> str:
    """Give a text with its articles and points in words, for who has no list of them at hand."""
    return re.sub(_POINT, _point, text)


def _point(match: re.Match[str]) -> str:
    article, point = _ARTICLES[match[1]], match[2]
    return f"point {point} of {article}" if point else article


def counted(count: int, one: str, many: str = "") -> str:
    """Give a number with its noun."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
