"""An entry made ready to be written, and what there is to say about it. Pure."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from icsgen.journal import Entry, Sent, Skipped, Step
from icsgen.model import FollowUp, Interview, Plan, Problem, Severity
from icsgen.planning.admissible import named
from icsgen.planning.changes import Change
from icsgen.planning.rounds import MOST_UNANSWERED, unanswered, written_to
from icsgen.planning.story import CHECK_INS

__all__ = ["Written", "completed", "remarks"]


class Written(NamedTuple):
    """What a write did."""

    interview: Interview
    """As it is now; of a removed one, as it was."""
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...] = ()
    """What the person should know, though it was done."""
    plan: Plan | None = None
    """The plan now; None where there is none any more."""
    earlier: tuple[Interview, ...] = ()
    """Earlier rounds of the same process whose plans still go on."""
    entry: Entry | None = None
    """What was written into the journal, or taken back by an undoing."""


def completed(entry: Entry, then: Plan) -> Entry:
    """Give the entry with the step's due moment and its people's names as the contacts have them.

    ``then`` is the plan at the entry's moment. Raises UnknownPerson or AlreadySettled for names.
    """
    if isinstance(entry, Sent):
        follow_up = _of(then, entry.step)
        return entry._replace(to=named(then.interview, follow_up, entry.to), due=follow_up.due)
    if isinstance(entry, Skipped):
        return entry._replace(due=_of(then, entry.step).due)
    return entry


def remarks(
    entry: Entry, before: Plan, after: Plan, mates: Callable[[], Iterable[Interview]]
) -> Iterator[Problem]:
    """Give what is new about the plan, and what a person may want to know of this message.

    ``mates`` gives the other interviews of the same process.
    """
    known = {problem.message for problem in before.problems}
    yield from (problem for problem in after.problems if problem.message not in known)
    if isinstance(entry, Sent):
        yield from _of_sending(entry, before, after, tuple(mates()))


def _of_sending(
    entry: Sent, before: Plan, after: Plan, mates: tuple[Interview, ...]
) -> Iterator[Problem]:
    interview = after.interview
    where = f"{interview.company}, {interview.role}"
    count = unanswered((interview, *mates), entry.at)
    if entry.step in CHECK_INS and count > MOST_UNANSWERED:
        yield Problem(
            where,
            Severity.WARNING,
            f"that makes {count} check-ins without an answer; after two, one last message is all "
            "that is left (A1.7), and your time belongs to the next employer",
        )
    follow_up = _of(before, entry.step)
    people = [p for p in follow_up.recipients if not entry.to or p.name in entry.to]
    again = written_to((before.interview, *mates), people, entry.at.date())
    if again:
        yield Problem(
            where,
            Severity.WARNING,
            f"{' and '.join(again)} had a message from you that day already; two in one day are "
            "one too many",
        )


def _of(made: Plan, step: Step) -> FollowUp:
    return next(follow_up for follow_up in made.follow_ups if follow_up.step is step)


def moment_in(interview: Interview, now: datetime) -> datetime:
    """Give a moment as a journal has it: in the interview's zone, whole seconds."""
    return now.astimezone(interview.zone).replace(microsecond=0)
