"""Files become interviews: sources found by content, and the one way through them, ``read``."""

from collections.abc import Iterable, Sequence
from math import inf

from icsgen.errors import InputError, LimitError
from icsgen.model import Problem, Severity
from icsgen.sources import limits
from icsgen.sources.fields import FIELDS, interview
from icsgen.sources.reading import (
    Cancellation,
    DateOrder,
    Found,
    Item,
    Options,
    Reading,
    Record,
    Skipped,
    Source,
)
from icsgen.sources.registry import broken_sources, items, sources
from icsgen.sources.spot import shown
from icsgen.sources.writing import to_csv, to_record
from icsgen.text import clean_line

__all__ = [
    "FIELDS",
    "Cancellation",
    "DateOrder",
    "Found",
    "Item",
    "Options",
    "Reading",
    "Record",
    "Skipped",
    "Source",
    "broken_sources",
    "merge",
    "read",
    "sources",
    "to_csv",
    "to_record",
]

_OUTDONE = "a later version of the same event is in another file"
_BLANKS = b"\0\t\n\r \xef\xbb\xbf\xfe\xff"


def read(data: bytes, where: str, options: Options) -> Reading:
    """Give what a file says; never raises for its content, whatever it is.

    ``where`` is its name, for messages; the format comes from the content. What is wrong is a
    problem of severity ``refused``, with the place and what would be right, and costs nothing else.
    """
    name = clean_line(where)
    try:
        _check_size(data)
        found = _gathered(items(data, name, options), options)
        if found == Reading():
            return Reading(problems=(Problem(name, Severity.NOTE, "there is no interview in it"),))
    except InputError as error:
        place = f"{name}, {error.where}" if error.where else name
        message = error.what + (f"; {error.remedy}" if error.remedy else "")
        return Reading(problems=(Problem(place, Severity.REFUSED, message),), refused=1)
    return merge([found])


def merge(readings: Iterable[Reading]) -> Reading:
    """Give several files' readings as one, in their order, with ids that differ.

    The same interview twice counts once, with a note; a different one under the same id is refused.
    Of an event that came more than once the highest SEQUENCE counts, and one that is called off
    later is left out.
    """
    several = list(readings)
    cancelled = tuple(called_off for one in several for called_off in one.cancelled)
    candidates = [found for one in several for found in one.found]
    outdone = _outdone(candidates, cancelled)
    kept: dict[str, Found] = {}
    again: list[Problem] = []
    for at, found in enumerate(candidates):
        first = found if at in outdone else kept.setdefault(found.interview.id, found)
        again.extend([] if first is found else [_twice(first, found)])
    return Reading(
        tuple(kept.values()),
        (*(problem for one in several for problem in one.problems), *again),
        (
            *(skipped for one in several for skipped in one.skipped),
            *(Skipped(candidates[at].where, _OUTDONE) for at in sorted(outdone)),
        ),
        cancelled,
        sum(one.refused for one in several)
        + sum(problem.severity is Severity.REFUSED for problem in again),
    )


def _outdone(candidates: Sequence[Found], cancelled: Iterable[Cancellation]) -> set[int]:
    """Give the positions of events that a later version or a cancellation has overtaken."""
    latest: dict[str, float] = {}
    for found in candidates:
        if found.uid:
            latest[found.uid] = max(found.sequence, latest.get(found.uid, 0))
    for called_off in cancelled:
        if called_off.sequence >= latest.get(called_off.uid, inf):
            latest[called_off.uid] = inf
    return {
        at for at, found in enumerate(candidates) if found.sequence < latest.get(found.uid or "", 0)
    }


def _check_size(data: bytes) -> None:
    if len(data) > limits.FILE_BYTES:
        raise LimitError(f"the file is larger than the limit of {limits.FILE_BYTES // 2**20} MB")
    if not data.strip(_BLANKS):
        raise InputError("the file is empty", remedy="give a JSON, CSV or iCalendar file")


def _gathered(found: Iterable[Item], options: Options) -> Reading:
    """Sort the items out; raises LimitError at the first interview too many."""
    interviews: list[Found] = []
    problems: list[Problem] = []
    skipped: list[Skipped] = []
    cancelled: list[Cancellation] = []
    refused = 0
    count = 0
    for item in found:
        count += not isinstance(item, Problem) or item.severity is Severity.REFUSED
        if count > limits.INTERVIEWS:
            raise LimitError(limits.TOO_MANY)
        match item:
            case Record():
                said: list[Problem] = []
                made = interview(item, options, said)
                problems.extend(_foremost(said, item.where))
                interviews.extend([made] if made else [])
                refused += made is None
            case Problem():
                problems.append(item)
                refused += item.severity is Severity.REFUSED
            case Skipped():
                skipped.append(item)
            case Cancellation():
                cancelled.append(item)
    return Reading(tuple(interviews), tuple(problems), tuple(skipped), tuple(cancelled), refused)


def _foremost(said: list[Problem], where: str) -> list[Problem]:
    """Give an interview's problems, of a great many the worst and how many more there are."""
    more = len(said) - limits.REMARKS
    if more <= 0:
        return said
    kept = sorted(said, key=lambda one: one.severity is not Severity.REFUSED)[: limits.REMARKS]
    return [*kept, Problem(where, Severity.WARNING, f"{more:,} more problems of it are not listed")]


def _twice(first: Found, second: Found) -> Problem:
    if first.interview == second.interview:
        return Problem(
            second.where,
            Severity.NOTE,
            f"this is the interview of {_named(first)} again; it counts once",
        )
    message = (
        f"the id of the interview with {shown(second.interview.company)}, {second.interview.id}, "
        f"is that of {_named(first)}, which says something else; "
    )
    return Problem(
        second.where, Severity.REFUSED, message + "give one of the two another id, or a round"
    )


def _named(found: Found) -> str:
    """Give a place with the company, for whoever counts rows from 1."""
    return f"{found.where} ({shown(found.interview.company)})"
