"""Which entries of a journal count, and in which order: those that were not undone, by `at`."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from icsgen.journal import Entry, Heard, Undone
from icsgen.planning.moments import utc


class Placed(NamedTuple):
    """An entry and its position in the journal, from 0."""

    position: int
    entry: Entry


def undone(journal: Sequence[Entry]) -> set[int]:
    """Give the positions that are undone; an undoing may itself be undone by a later one."""
    found: set[int] = set()
    for position in range(len(journal) - 1, -1, -1):
        entry = journal[position]
        if isinstance(entry, Undone) and position not in found and 0 <= entry.entry < position:
            found.add(entry.entry)
    return found


def in_effect(journal: Sequence[Entry]) -> tuple[Placed, ...]:
    """Give what counts, by ``at``, equal moments in file order; undoings are left out."""
    gone = undone(journal)
    counting = [
        Placed(position, entry)
        for position, entry in enumerate(journal)
        if position not in gone and not isinstance(entry, Undone)
    ]
    return tuple(sorted(counting, key=lambda placed: utc(placed.entry.at)))


def up_to(journal: Sequence[Entry], at: datetime) -> tuple[Entry, ...]:
    """Give what counts and happened no later than ``at``, as a journal of its own."""
    return tuple(placed.entry for placed in in_effect(journal) if utc(placed.entry.at) <= utc(at))


def final_outcome(journal: Sequence[Entry]) -> Heard | None:
    """Give the entry that ended the plan, the latest of several; None while it goes on."""
    final = [
        placed.entry
        for placed in in_effect(journal)
        if isinstance(placed.entry, Heard) and placed.entry.outcome.final
    ]
    return final[-1] if final else None


def last_written(journal: Sequence[Entry]) -> Placed | None:
    """Give the entry that was written last and still counts: what an undoing takes back."""
    gone = undone(journal)
    for position in range(len(journal) - 1, -1, -1):
        if position not in gone and not isinstance(journal[position], Undone):
            return Placed(position, journal[position])
    return None
