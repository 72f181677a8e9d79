"""What happened after an interview: an append-only list of frozen entries.

Every entry has ``at``, an aware moment in the interview's zone. A step's ``due`` is the due moment
the program saw when it wrote the entry; None in a file that does not say.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


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


class Sent(NamedTuple):
    """A step was sent; of a thank-you perhaps only ``to`` some of its recipients (names)."""

    at: datetime
    step: Step
    to: tuple[str, ...] = ()
    due: datetime | None = None


class Skipped(NamedTuple):
    """A step will not be sent."""

    at: datetime
    step: Step
    due: datetime | None = None

    def __eq__(self, other: object) -> bool:
        # Tuples compare by what is in them, and ``Snoozed`` may hold the same.
        return isinstance(other, Skipped) and tuple.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return tuple.__hash__(self)


class Snoozed(NamedTuple):
    """A step is due exactly ``until``."""

    at: datetime
    step: Step
    until: datetime

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Snoozed) and tuple.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return tuple.__hash__(self)


class Promised(NamedTuple):
    """They said they would answer by the date ``on``."""

    at: datetime
    on: date


class Heard(NamedTuple):
    """They answered; ``promised`` goes with ``replied``."""

    at: datetime
    outcome: Outcome
    promised: date | None = None


class News(NamedTuple):
    """There is something worth telling them now."""

    at: datetime
    news: NewsKind


class Undone(NamedTuple):
    """The entry at this position of the journal (from 0) counts as never made."""

    at: datetime
    entry: int


Entry = Sent | Skipped | Snoozed | Promised | Heard | News | Undone
