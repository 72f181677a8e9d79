"""Which entry an undoing takes back. Pure."""

from collections.abc import Iterable

from icsgen.model import Interview
from icsgen.planning.admissible import nothing_to_undo
from icsgen.planning.effect import Placed, last_written
from icsgen.planning.moments import utc


def to_undo(interview: Interview) -> Placed:
    """Give the interview's last entry that still counts; raises NothingToUndo."""
    found = last_written(interview.journal)
    if found is None:
        raise nothing_to_undo(f"{interview.company}, {interview.role}")
    return found


def latest(interviews: Iterable[Interview]) -> Interview:
    """Give the interview to whose journal something happened last; raises NothingToUndo."""
    written = [(placed, i) for i in interviews if (placed := last_written(i.journal))]
    if not written:
        raise nothing_to_undo()
    return max(written, key=lambda found: utc(found[0].entry.at))[1]
