"""What happened after an interview: an append-only list of frozen entries.

Every entry has ``at``, an aware moment in the interview's zone. A step's ``due`` is the due moment
the program saw when it wrote the entry; None in a file that does not say.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Step(StrEnum):
    """A kind of follow-up, in the order in which they come."""

    THANK_YOU = "thank_you"
    EARLY_CHECK_IN = "early_check_in"
    FIRST_CHECK_IN = "first_check_in"
    SECOND_CHECK_IN = "second_check_in"
    CLOSE_OUT = "close_out"
    REPLY = "reply"


class Outcome(StrEnum):
    """What they answered, or what became of it."""

    REPLIED = "replied"
    NEXT_ROUND = "next-round"
    OFFER = "offer"
    REJECTED = "rejected"
    POSTING_REMOVED = "posting-removed"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Tell whether it ends the plan; all but ``replied`` do."""
        return self is not Outcome.REPLIED


class NewsKind(StrEnum):
    """What may be told before a wait is over (A0.5)."""

    NEW_INFORMATION = "new-information"
    COMPETING_OFFER = "competing-offer"


@dataclass(frozen=True, slots=True)
class Sent:
    """A step was sent; of a thank-you perhaps only ``to`` some of its recipients (names)."""

    at: datetime
    step: Step
    to: tuple[str, ...] = ()
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A step will not be sent."""

    at: datetime
    step: Step
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Snoozed:
    """A step is due exactly ``until``."""

    at: datetime
    step: Step
    until: datetime


@dataclass(frozen=True, slots=True)
class Promised:
    """They said they would answer by the date ``on``."""

    at: datetime
    on: date


@dataclass(frozen=True, slots=True)
class Heard:
    """They answered; ``promised`` goes with ``replied``."""

    at: datetime
    outcome: Outcome
    promised: date | None = None


@dataclass(frozen=True, slots=True)
class News:
    """There is something worth telling them now."""

    at: datetime
    news: NewsKind


@dataclass(frozen=True, slots=True)
class Undone:
    """The entry at this position of the journal (from 0) counts as never made."""

    at: datetime
    entry: int


Entry = Sent | Skipped | Snoozed | Promised | Heard | News | Undone
