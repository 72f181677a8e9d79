"""What is known of an interview's steps after each journal entry; no dates are worked out yet."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from icsgen.journal import NewsKind, Outcome, Step
from icsgen.model import Problem, Reason, State

WAITING = (Step.FIRST_CHECK_IN, Step.SECOND_CHECK_IN, Step.CLOSE_OUT)
"""The steps that wait, in order: two check-ins and the close-out."""
CHECK_INS = WAITING[:2]
"""The two that count as unanswered, and that a promise can re-plan."""


class Slot(NamedTuple):
    """From when a step may be sent (``opens``) and when it is due, with the reasons."""

    opens: datetime
    due: datetime
    reasons: tuple[Reason, ...] = ()


class StepState(NamedTuple):
    """What has become of one step."""

    state: State = State.OPEN
    settled_at: datetime | None = None
    """The latest sending, else the skipping or cancelling."""
    kept: Slot | None = None
    """The window it had when it was settled; kept for good."""
    snoozed: datetime | None = None
    parts: tuple[tuple[datetime, tuple[str, ...]], ...] = ()
    """A thank-you's sendings so far: when, and to whom."""
    notes: tuple[Reason, ...] = ()
    """Reasons that the journal gave it, such as news that goes into its message."""

    @property
    def is_open(self) -> bool:
        """Tell whether it is neither sent, skipped nor cancelled."""
        return self.state is State.OPEN


class Promise(NamedTuple):
    """The date they will answer by, and the check-in that it re-plans, if one was open."""

    on: date
    target: Step | None


class Early(NamedTuple):
    """News worth an early check-in: when it came, what it is, and which step follows it."""

    at: datetime
    news: NewsKind
    before: Step | None


class Answer(NamedTuple):
    """A final outcome that asks for a reply."""

    at: datetime
    outcome: Outcome


_UNTOLD = {Step.THANK_YOU: StepState(), **dict.fromkeys(WAITING, StepState())}


class Story(NamedTuple):
    """Everything the journal has said so far."""

    steps: Mapping[Step, StepState] = _UNTOLD
    promise: Promise | None = None
    replied_on: date | None = None
    """The day of the latest answer without a date whose 14 days still hold."""
    early: Early | None = None
    answer: Answer | None = None
    final: Outcome | None = None
    problems: tuple[Problem, ...] = ()

    def with_step(self, step: Step, state: StepState) -> "Story":
        """Give the story with one step's state replaced or added."""
        return self._replace(steps={**self.steps, step: state})

    def order(self) -> tuple[Step, ...]:
        """Give the steps in order; an early check-in stands before the one that it precedes."""
        core = [Step.THANK_YOU, *WAITING]
        if self.early is not None:
            before = self.early.before
            core.insert(core.index(before) if before else len(core), Step.EARLY_CHECK_IN)
        return (*core, Step.REPLY) if Step.REPLY in self.steps else tuple(core)

    def before(self, step: Step) -> tuple[Step, ...]:
        """Give the steps that come before ``step``, nearest first."""
        order = self.order()
        return order[: order.index(step)][::-1]

    def previous(self, step: Step) -> Step | None:
        """Give the nearest step before it that is not skipped."""
        nearest = (s for s in self.before(step) if self.steps[s].state is not State.SKIPPED)
        return next(nearest, None)

    def open_check_in(self) -> Step | None:
        """Give the first open one of the two check-ins."""
        return next((s for s in CHECK_INS if self.steps[s].is_open), None)
