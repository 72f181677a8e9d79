"""The nouns: an interview, its people, what happened, and the follow-ups that come of it.

All are frozen; a change makes a new value. Texts are clean (no control characters; one line where
a line is meant) and times are aware: whoever builds these from a file has seen to it.

Named tuples rather than dataclasses, here and wherever a plan comes by: Python makes such a class
six times faster, and start-up is felt at every command. Fields go by name, never by position.
"""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple

from icsgen.journal import Entry, Step
from icsgen.zones import Zone

__all__ = [
    "Channel",
    "Contact",
    "Culture",
    "Draft",
    "FollowUp",
    "Industry",
    "Interview",
    "Pace",
    "Plan",
    "Problem",
    "Rapport",
    "Reason",
    "Severity",
    "Size",
    "State",
    "Status",
    "Step",
]


class Industry(StrEnum):
    """The employer's line of work, as far as it says how soon they answer (A4.5)."""

    TECH = "tech"
    STARTUP = "startup"
    CREATIVE = "creative"
    CORPORATE = "corporate"
    GOVERNMENT = "government"
    OTHER = "other"


class Pace(StrEnum):
    """Whether the employer is known to be slow (A1.3)."""

    NORMAL = "normal"
    SLOW = "slow"


class Size(StrEnum):
    """Whether the employer is large or complex (A1.3)."""

    SMALL = "small"
    LARGE = "large"


class Rapport(StrEnum):
    """How well the conversation went between people (A1.5)."""

    NORMAL = "normal"
    STRONG = "strong"


class Culture(StrEnum):
    """The tone in which the employer speaks (A1.16)."""

    FORMAL = "formal"
    CASUAL = "casual"


class Channel(StrEnum):
    """A way to reach somebody."""

    EMAIL = "email"
    PHONE = "phone"
    LINKEDIN = "linkedin"


class State(StrEnum):
    """What has become of a follow-up, whatever the clock says."""

    OPEN = "open"
    SENT = "sent"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


class Status(StrEnum):
    """A follow-up's state as seen at a moment."""

    UPCOMING = "upcoming"
    DUE = "due"
    OVERDUE = "overdue"
    SENT = "sent"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    MISSED = "missed"


class Severity(StrEnum):
    """How much a problem matters: read on, look at it, or not taken."""

    NOTE = "note"
    WARNING = "warning"
    REFUSED = "refused"


class Problem(NamedTuple):
    """Something to tell the person about their input: where, how bad, and what, in words."""

    where: str
    severity: Severity
    message: str


class Contact(NamedTuple):
    """A person at the employer."""

    name: str
    email: str | None = None
    phone: str | None = None
    linkedin: str | None = None
    role: str | None = None


class Interview(NamedTuple):
    """One conversation with an employer, in the employer's zone, with what came after."""

    id: str
    company: str
    role: str
    start: datetime
    """Aware, in ``zone``."""
    end: datetime
    """Aware, in ``zone``, after ``start``."""
    zone: Zone
    country: str | None = None
    """ISO 3166-1 alpha-2, upper case; None: weekends only."""
    subdivision: str | None = None
    """The code of ISO 3166-2 without its country."""
    contacts: tuple[Contact, ...] = ()
    """The first is the main one."""
    promised: date | None = None
    """The date by which they said, at the interview's end, that they would answer."""
    industry: Industry = Industry.OTHER
    pace: Pace = Pace.NORMAL
    size: Size = Size.SMALL
    rapport: Rapport = Rapport.NORMAL
    culture: Culture = Culture.FORMAL
    channel: Channel | None = None
    """Only what they asked for."""
    round: str | None = None
    notes: str | None = None
    topics: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    closed: tuple[tuple[date, date], ...] = ()
    """Closed days as first and last, both included."""
    weekend: frozenset[int] | None = None
    """The person's own weekend, Monday 0 to Sunday 6; None: the country's."""
    playbook: str | None = None
    journal: tuple[Entry, ...] = ()
    """In file order; ``Undone.entry`` counts positions here, from 0."""


class Reason(NamedTuple):
    """One sentence of why: the rule's name, its source (``A3.3`` or ``ours``) and the words."""

    rule: str
    source: str
    text: str


class FollowUp(NamedTuple):
    """A step applied to an interview: its window, its state, whom to write to and why then."""

    interview_id: str
    step: Step
    opens: datetime
    """Aware, in the employer's zone, as are ``due`` and ``closes``."""
    due: datetime
    closes: datetime
    state: State
    channel: Channel | None
    recipients: tuple[Contact, ...]
    reasons: tuple[Reason, ...]
    settled_at: datetime | None = None
    """When it was sent, skipped or cancelled; None while open."""
    forecast: bool = False
    """An earlier check-in is open, so that this date may still move."""
    missed_from: datetime | None = None
    """From when on it counts as missed if it is still open."""
    silent: bool = False
    """A close-out that sends nothing: let it go."""
    kind: str = ""
    """The kind of draft the rules call for, for instance ``after_promise``."""
    sent_to: tuple[str, ...] = ()
    """Of a thank-you sent in part: the names already thanked."""
    sequence: int | None = None
    """How often it changed, where the store counts that; None: as often as its plan."""
    changed_at: datetime | None = None
    """When it last changed, as ``sequence``."""

    @property
    def unthanked(self) -> tuple[Contact, ...]:
        """Give the recipients who have nothing yet."""
        thanked = {name.casefold() for name in self.sent_to}
        return tuple(
            person
            for person in self.recipients
            if not {person.name.casefold(), (person.email or person.name).casefold()} & thanked
        )

    def status(self, now: datetime) -> Status:
        """Give the status at ``now`` (aware). The only thing here that depends on a clock."""
        if self.state is not State.OPEN:
            return Status(self.state.value)
        # In UTC: two moments of one zone compare by wall clock, wrong when those change.
        at = now.astimezone(UTC)
        if self.missed_from is not None and at >= self.missed_from.astimezone(UTC):
            return Status.MISSED
        if self.forecast or at < self.opens.astimezone(UTC):
            return Status.UPCOMING
        if self.step is Step.THANK_YOU:
            return Status.DUE if at <= self.closes.astimezone(UTC) else Status.OVERDUE
        today = now.astimezone(self.due.tzinfo).date()
        return Status.DUE if today <= self.due.date() else Status.OVERDUE


class Plan(NamedTuple):
    """An interview's follow-ups in the order of the steps, and what was odd about its journal."""

    interview: Interview
    playbook: str
    follow_ups: tuple[FollowUp, ...]
    problems: tuple[Problem, ...] = ()
    changed_at: datetime | None = None
    """The last real change (the latest journal entry, else the start), aware."""
    sequence: int = 0
    """How often it changed: of a file, the count of journal entries."""


class Draft(NamedTuple):
    """A message ready to be sent by the person: to one recipient, in words of its own."""

    kind: str
    interview_id: str
    step: Step | None
    to: Contact | None
    subject: str | None
    """None for the phone, LinkedIn and a handwritten note."""
    body: str
    mailto: str | None = None
    """A ``mailto:`` link (RFC 6068) that opens it; None without an address."""
    gaps: tuple[str, ...] = ()
