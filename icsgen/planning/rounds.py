"""One employer, several rounds: what counts across the interviews of one process. Pure.

Interviews with the same company and role are one process (``docs/rules.md``).
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple, Protocol

from icsgen.journal import Heard, Outcome, Promised, Sent, Step
from icsgen.model import Contact, Interview
from icsgen.planning.effect import final_outcome, in_effect
from icsgen.planning.moments import utc
from icsgen.planning.story import CHECK_INS

MOST_UNANSWERED = 2
"""Check-ins that may stay unanswered before the book is closed (A1.7, A3.6)."""


class Named(Protocol):
    """Whatever says which process it belongs to."""

    @property
    def company(self) -> str:
        """The employer."""

    @property
    def role(self) -> str:
        """The position."""


def process_of(named: Named) -> tuple[str, str]:
    """Give what two rounds of one process have in common, whatever their letter case and blanks."""
    return _folded(named.company), _folded(named.role)


def earlier_rounds(later: Interview, others: Iterable[Interview]) -> tuple[Interview, ...]:
    """Give the rounds before this one whose plans still go on: an invitation has answered them."""
    return tuple(
        other
        for other in others
        if other.id != later.id
        and process_of(other) == process_of(later)
        and utc(other.end) <= utc(later.start)
        and final_outcome(other.journal) is None
    )


class _Event(NamedTuple):
    """Something in a process that an unanswered check-in is counted by."""

    at: datetime
    is_check_in: bool


def unanswered(process: Iterable[Interview], until: datetime) -> int:
    """Give how many check-ins of a process have had no answer by ``until``.

    A promise, an outcome other than their silence, and a further interview are answers; early
    check-ins are outside the count.
    """
    count = 0
    told = [event for interview in process for event in _events(interview)]
    for event in sorted(told, key=lambda event: utc(event.at)):
        if utc(event.at) <= utc(until):
            count = count + 1 if event.is_check_in else 0
    return count


_NO_ANSWER = (Outcome.WITHDRAWN, Outcome.POSTING_REMOVED)


def _events(interview: Interview) -> Iterable[_Event]:
    yield _Event(interview.start, is_check_in=False)
    for _, entry in in_effect(interview.journal):
        match entry:
            case Sent(step=step) if step in CHECK_INS:
                yield _Event(entry.at, is_check_in=True)
            case Heard(outcome=outcome) if outcome not in _NO_ANSWER:
                yield _Event(entry.at, is_check_in=False)
            case Promised():
                yield _Event(entry.at, is_check_in=False)


def written_to(process: Iterable[Interview], people: Collection[Contact], on: date) -> list[str]:
    """Give the names of those people who got a message of this process on that day already."""
    reached: set[str] = set()
    for interview in process:
        for _, entry in in_effect(interview.journal):
            if isinstance(entry, Sent) and entry.at.date() == on:
                reached |= _reached(interview, entry)
    return [person.name for person in people if _keys(person) & reached]


def _reached(interview: Interview, entry: Sent) -> set[str]:
    """Give the names and addresses that a message went to; without names, by the usual rules."""
    if entry.to:
        named = {name.casefold() for name in entry.to}
        found = [person for person in interview.contacts if _keys(person) & named]
        return named.union(*map(_keys, found))
    everyone = entry.step is Step.THANK_YOU
    people = interview.contacts if everyone else interview.contacts[:1]
    return set().union(*map(_keys, people))


def _keys(person: Contact) -> set[str]:
    return {person.name.casefold(), (person.email or person.name).casefold()}


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
