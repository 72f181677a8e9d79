"""What a playbook says: waits, windows, days to avoid, each with its source.

A playbook is data (``playbooks/*.toml``); these are the frozen values it is read into. What the
figures mean is in ``docs/rules.md``.
"""

from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from typing import NamedTuple

from icsgen.model import Channel, Interview, Step


class Avoid(StrEnum):
    """A kind of workday on which a check-in or a close-out is better not sent."""

    WEEK_START = "week-start"
    BRIDGE_DAY = "bridge-day"
    YEAR_END = "year-end"


class Cite(NamedTuple):
    """Where a figure comes from: an article's point (``A3.3``), or ``ours`` and why, in words."""

    source: str
    because: str = ""


OURS = Cite("ours")


class Wait(NamedTuple):
    """A preferred length with bounds, in days or in business days: ``10 (7-14) days``."""

    preferred: int
    earliest: int
    latest: int
    business: bool = False

    def __str__(self) -> str:
        """Give it as a playbook writes it."""
        plain = self.earliest == self.preferred == self.latest
        bounds = "" if plain else f" ({self.earliest}-{self.latest})"
        return f"{self.preferred}{bounds} {'business ' if self.business else ''}days"


class WaitCase(NamedTuple):
    """A wait for interviews of one sort: ``field`` is ``industry``, ``pace`` or ``size``."""

    field: str
    value: str
    wait: Wait
    cite: Cite

    def fits(self, interview: Interview) -> bool:
        """Tell whether this case is the interview's."""
        return str(getattr(interview, self.field)) == self.value


class StepRule(NamedTuple):
    """How long a check-in or a close-out waits, and how it is made."""

    wait: Wait
    cite: Cite
    when: tuple[WaitCase, ...] = ()
    message: bool = True
    """False: an event that says to let it go, with nothing to send."""
    message_cite: Cite = OURS
    channel: Channel | None = None
    channel_cite: Cite = OURS


class ThankYouRule(NamedTuple):
    """The hard window after an interview, in elapsed hours, and to whom."""

    hours: int
    hours_cite: Cite
    strong_hours: int
    strong_cite: Cite
    per_person: bool = False
    per_person_cite: Cite = OURS


class Playbook(NamedTuple):
    """A named set of rules; ``steps`` has the three that wait."""

    name: str
    title: str
    thank_you: ThankYouRule
    steps: Mapping[Step, StepRule]
    avoid: Mapping[Avoid, Cite] = {}
    morning: time = time(9, 30)
    afternoon: time = time(16, 30)
    slots_cite: Cite = OURS
