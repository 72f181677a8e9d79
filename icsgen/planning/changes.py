"""What a write changed: two plans of one interview in, each follow-up's fate in words out. Pure."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from icsgen.journal import Step
from icsgen.model import FollowUp, Plan, State
from icsgen.planning.moments import day_words, joined, utc
from icsgen.planning.schedule import STEP_WORDS


class Kind(StrEnum):
    """What became of a follow-up."""

    KEPT = "kept"
    MOVED = "moved"
    CANCELLED = "cancelled"
    NEW = "new"


class Change(NamedTuple):
    """A follow-up before and after a write."""

    step: Step
    change: Kind
    before: datetime | None
    """When it was due; None if it is new."""
    after: datetime | None
    """When it is due now; None if it is cancelled."""
    text: str
    settled: bool = False
    """It stays where it is, but was sent, skipped or reopened by this write."""
    is_open: bool = False
    """It is still to be sent."""


def changes(before: Plan | None, after: Plan | None) -> tuple[Change, ...]:
    """Give each follow-up's change, in the order of the plan after; what is gone comes last.

    ``before`` is None for a new interview, ``after`` for one that was removed.
    """
    old = _by_step(before)
    new = _by_step(after)
    said = _Words(next(made.interview.end.year for made in (after, before) if made is not None))
    found = [_change(old.get(step), follow_up, said) for step, follow_up in new.items()]
    gone = [_gone(follow_up, said) for step, follow_up in old.items() if step not in new]
    return (*found, *gone)


def _by_step(made: Plan | None) -> dict[Step, FollowUp]:
    return {follow_up.step: follow_up for follow_up in made.follow_ups} if made else {}


class _Words(NamedTuple):
    """How moments are said: the year only where it is another one than this."""

    year: int

    def when(self, at: datetime) -> str:
        return f"{day_words(at.date(), year=self.year)} at {at:%H:%M}"


def _change(old: FollowUp | None, new: FollowUp, said: _Words) -> Change:
    name = _name(new.step)
    if old is None:
        return Change(new.step, Kind.NEW, None, new.due, f"{name} {_new(new, said)}.")
    if new.state is State.CANCELLED:
        if old.state is State.CANCELLED:
            return Change(new.step, Kind.KEPT, old.due, new.due, f"{name} stays cancelled.")
        return Change(new.step, Kind.CANCELLED, old.due, None, _cancelled(new))
    if old.state is State.CANCELLED:
        text = f"{name} is back, due {said.when(new.due)}."
        return Change(new.step, Kind.NEW, None, new.due, text)
    if utc(old.due) != utc(new.due):
        text = f"{name} moves from {said.when(old.due)} to {said.when(new.due)}."
        return Change(new.step, Kind.MOVED, old.due, new.due, text, settled=_settled(old, new))
    text = f"{name} {_kept(old, new, said)}."
    return Change(
        new.step, Kind.KEPT, old.due, new.due, text, _settled(old, new), is_open=_is_open(new)
    )


def _gone(old: FollowUp, said: _Words) -> Change:
    text = f"{_name(old.step)} of {said.when(old.due)} is gone."
    return Change(old.step, Kind.CANCELLED, old.due, None, text)


def _settled(old: FollowUp, new: FollowUp) -> bool:
    return (old.state, old.sent_to) != (new.state, new.sent_to)


def _name(step: Step) -> str:
    return STEP_WORDS[step].capitalize()


def _new(new: FollowUp, said: _Words) -> str:
    if new.state is State.OPEN:
        return f"is due {said.when(new.due)}"
    return f"is {new.state.value}"


def _kept(old: FollowUp, new: FollowUp, said: _Words) -> str:
    if old.state is not new.state:
        return f"is open again, due {said.when(new.due)}" if _is_open(new) else _done(new)
    if _is_open(new) and old.sent_to != new.sent_to:
        return _in_part(new, said)
    return f"stays on {said.when(new.due)}" if _is_open(new) else f"stays {new.state.value}"


def _is_open(follow_up: FollowUp) -> bool:
    return follow_up.state is State.OPEN


def _done(new: FollowUp) -> str:
    return f"is {new.state.value}"


def _in_part(new: FollowUp, said: _Words) -> str:
    left = [person.name for person in new.unthanked]
    if not new.sent_to:
        return f"stays on {said.when(new.due)}"
    return f"is sent in part; still to thank: {joined(left)}" if left else "is sent"


def _cancelled(new: FollowUp) -> str:
    why = next((reason.text for reason in new.reasons if reason.rule == "outcome"), "")
    name = _name(new.step)
    return f"{name} is cancelled. {why}" if why else f"{name} is cancelled."
