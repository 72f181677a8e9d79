"""What an import would do with each interview of a reading: new, updated, unchanged, rescheduled.

Known again by an event's UID, by its id, or by the digest of what it was at an earlier import. What
was imported once and comes again word for word is unchanged, whatever was edited here since.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from typing import NamedTuple

from icsgen.desk.plans import Planner, name_of, placed, refusal
from icsgen.desk.revising import revise
from icsgen.errors import AfterwordError
from icsgen.journal import Entry
from icsgen.model import Interview, Problem, Severity
from icsgen.planning.moments import utc
from icsgen.planning.rounds import earlier_rounds, process_of
from icsgen.sources import Found, Reading, to_record
from icsgen.sources.identity import interview_id
from icsgen.store import ImportKey, KeyKind, Reader, Writer

__all__ = ["Imported", "Kind", "Verdict", "identity_key", "preview", "take"]

_CONTENT = "content "
"""What stands before the digest of a whole interview, so that it is never that of an identity."""


class Kind(StrEnum):
    """What an import does with an interview."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    RESCHEDULED = "rescheduled"


class Verdict(NamedTuple):
    """What becomes of one interview of a file."""

    found: Found
    kind: Kind
    interview: Interview
    """As it is to be kept."""
    before: Interview | None = None
    """As it is kept now."""
    problem: Problem | None = None


class Imported(NamedTuple):
    """What an import did, or would do."""

    verdicts: tuple[Verdict, ...]
    """Of all that was taken."""
    problems: tuple[Problem, ...] = ()
    refused: int = 0
    left: tuple[Verdict, ...] = ()
    """Rescheduled, and not agreed to."""
    removed: tuple[Interview, ...] = ()
    proposed: tuple[Interview, ...] = ()
    """Called off, and not agreed to be removed."""
    earlier: tuple[tuple[Interview, Interview], ...] = ()
    """A new round, and an earlier one whose plan still goes on."""

    def count(self, kind: Kind) -> int:
        """Give how many were of a kind."""
        return sum(verdict.kind is kind for verdict in self.verdicts)


def preview(reading: Reading, kept: Reader | None, planner: Planner, now: datetime) -> Imported:
    """Give what an import would do with a reading if all of it is agreed to. Changes nothing.

    ``kept`` is None where nothing is kept yet. What cannot be planned is refused.
    """
    every = {interview.id: interview for interview in kept.interviews()} if kept else {}
    key_of = kept.import_key if kept else _no_key
    verdicts: list[Verdict] = []
    problems: list[Problem] = []
    for verdict in _judged(reading, every, key_of, now):
        try:
            if verdict.kind is not Kind.UNCHANGED:
                where = verdict.found.where
                problems += (placed(each, where) for each in _new_problems(verdict, planner))
            verdicts.append(verdict)
        except AfterwordError as error:
            told = refusal(error, name_of(verdict.interview))
            problems.append(placed(told, verdict.found.where))
        problems += [verdict.problem] if verdict.problem else []
    refused = sum(problem.severity is Severity.REFUSED for problem in problems)
    gone = tuple(_called_off(reading, every, key_of))
    earlier = _earlier(verdicts, every)
    return Imported(tuple(verdicts), tuple(problems), refused, proposed=gone, earlier=earlier)


def take(
    reading: Reading, kept: Writer, planner: Planner, now: datetime, agreed: Collection[str]
) -> Imported:
    """Import a reading; what moves or removes an interview only if its id is ``agreed`` to."""
    would = preview(reading, kept, planner, now)
    taken = [verdict for verdict in would.verdicts if _is_agreed(verdict, agreed)]
    for verdict in taken:
        _keep(verdict, kept, planner, now)
    removed = [interview for interview in would.proposed if interview.id in agreed]
    for interview in removed:
        kept.remove(interview.id)
    return would._replace(
        verdicts=tuple(taken),
        left=tuple(verdict for verdict in would.verdicts if verdict not in taken),
        removed=tuple(removed),
        proposed=tuple(one for one in would.proposed if one not in removed),
    )


def identity_key(interview: Interview) -> ImportKey:
    """Give the name by which an interview is known if it is ever imported."""
    return ImportKey(KeyKind.DIGEST, _identity(interview), interview.id)


KeyOf = Callable[[KeyKind, str], ImportKey | None]


def _no_key(kind: KeyKind, key: str) -> ImportKey | None:
    del kind, key
    return None


def _is_agreed(verdict: Verdict, agreed: Collection[str]) -> bool:
    return verdict.kind is not Kind.RESCHEDULED or verdict.interview.id in agreed


def _keep(verdict: Verdict, kept: Writer, planner: Planner, now: datetime) -> None:
    interview, before = verdict.interview, verdict.before
    if before is None:
        kept.add(interview)
    elif verdict.kind is not Kind.UNCHANGED:
        kept.replace(interview)
        for entry in interview.journal[len(before.journal) :]:
            kept.append(interview.id, entry)
    if verdict.kind is not Kind.UNCHANGED:
        revise(kept, planner.plan(interview), now)
    for key in _keys_of(verdict):
        known = kept.import_key(key.kind, key.key)
        if known is None or known.sequence < key.sequence:
            kept.remember(key)


def _new_problems(verdict: Verdict, planner: Planner) -> Iterable[Problem]:
    """Give what is odd about the plan, where it was not so before; raises what it raises."""
    found = planner.plan(verdict.interview).problems
    if verdict.before is None:
        return found
    try:
        known = {problem.message for problem in planner.plan(verdict.before).problems}
    except AfterwordError:
        return found
    return [problem for problem in found if problem.message not in known]


def _judged(
    reading: Reading, every: Mapping[str, Interview], key_of: KeyOf, now: datetime
) -> Iterator[Verdict]:
    """Give what becomes of each interview, in the order of the files."""
    matched = [_match(found, key_of, every) for found in reading.found]
    claimed = {known for known, _ in matched if known}
    for found, (known, sequence) in zip(reading.found, matched, strict=True):
        if known is not None:
            yield _again(found, every[known], sequence, key_of, now)
            continue
        free = (one for one in every.values() if one.id not in claimed)
        moved = _rescheduled(found.interview, free, now)
        if moved is None:
            yield Verdict(found, Kind.NEW, found.interview)
        else:
            claimed.add(moved.id)
            yield Verdict(found, Kind.RESCHEDULED, _merged(moved, found), moved)


def _called_off(
    reading: Reading, every: Mapping[str, Interview], key_of: KeyOf
) -> Iterator[Interview]:
    """Give the kept interviews that a file calls off."""
    for cancellation in reading.cancelled:
        key = key_of(KeyKind.UID, cancellation.uid)
        if key and key.interview_id in every and cancellation.sequence >= key.sequence:
            yield every[key.interview_id]


def _earlier(
    verdicts: Iterable[Verdict], every: Mapping[str, Interview]
) -> tuple[tuple[Interview, Interview], ...]:
    """Give each round that a new one follows, with the first of those."""
    there = dict(every) | {verdict.interview.id: verdict.interview for verdict in verdicts}
    by_process: dict[tuple[str, str], list[Interview]] = {}
    for interview in there.values():
        by_process.setdefault(process_of(interview), []).append(interview)
    new = [verdict.interview for verdict in verdicts if verdict.kind is Kind.NEW]
    pairs: dict[str, tuple[Interview, Interview]] = {}
    for later in sorted(new, key=lambda one: utc(one.start)):
        for earlier in earlier_rounds(later, by_process[process_of(later)]):
            pairs.setdefault(earlier.id, (later, earlier))
    return tuple(pairs.values())


def _keys_of(verdict: Verdict) -> Iterator[ImportKey]:
    """Give the names by which the interview is known when it comes again."""
    found, kept_id = verdict.found, verdict.interview.id
    if found.uid:
        yield ImportKey(KeyKind.UID, found.uid, kept_id, found.sequence)
    yield ImportKey(KeyKind.DIGEST, _identity(found.interview), kept_id)
    yield ImportKey(KeyKind.DIGEST, _content(found.interview), kept_id)


def _match(
    found: Found, key_of: KeyOf, every: Mapping[str, Interview]
) -> tuple[str | None, int | None]:
    """Give the id of the kept interview that this is, and the SEQUENCE last taken of an event."""
    key = key_of(KeyKind.UID, found.uid) if found.uid else None
    if key is not None and key.interview_id in every:
        return key.interview_id, key.sequence
    if found.interview.id in every:
        return found.interview.id, None
    key = key_of(KeyKind.DIGEST, _identity(found.interview))
    return (key.interview_id, None) if key and key.interview_id in every else (None, None)


def _again(
    found: Found, before: Interview, sequence: int | None, key_of: KeyOf, now: datetime
) -> Verdict:
    """Give what becomes of an interview that is kept already."""
    unchanged = Verdict(found, Kind.UNCHANGED, before, before)
    same = key_of(KeyKind.DIGEST, _content(found.interview))
    outdone = sequence is not None and found.sequence < sequence
    if outdone or (same is not None and same.interview_id == before.id):
        return unchanged
    entries = _new_entries(before.journal, found.interview.journal)
    problem = _other_story(found) if entries is None else None
    merged = _merged(before, found)
    if merged == before and not entries:
        return unchanged._replace(problem=problem)
    merged = merged._replace(journal=(*before.journal, *(entries or ())))
    sure = sequence is not None and found.sequence > sequence
    moved = utc(merged.start) != utc(before.start) and utc(merged.start) > utc(now)
    kind = Kind.RESCHEDULED if moved and not sure else Kind.UPDATED
    return Verdict(found, kind, merged, before, problem)


def _other_story(found: Found) -> Problem:
    told = "its journal tells another story than the one that is kept, which stays as it is"
    return Problem(found.where, Severity.WARNING, told)


def _rescheduled(
    new: Interview, candidates: Iterable[Interview], now: datetime
) -> Interview | None:
    """Give the kept interview that this one is at another time: the latest of its round."""
    if utc(new.start) <= utc(now):
        return None
    same = [
        one
        for one in candidates
        if process_of(one) == process_of(new) and _round(one) == _round(new)
    ]
    return max(same, key=lambda one: utc(one.start), default=None)


def _round(interview: Interview) -> str:
    return " ".join((interview.round or "").split()).casefold()


def _merged(before: Interview, found: Found) -> Interview:
    """Give the kept interview with what the file says; what it does not say stays."""
    fields = found.interview._asdict()
    plain = Interview._field_defaults
    taken = {
        name: value
        for name, value in fields.items()
        if name not in {"id", "journal", *found.guessed} and value != plain.get(name, _NEVER)
    }
    return before._replace(**taken)


_NEVER = object()


def _new_entries(kept: Sequence[Entry], found: Sequence[Entry]) -> tuple[Entry, ...] | None:
    """Give the entries that a file has beyond those that are kept; None if the two differ."""
    common = min(len(kept), len(found))
    if tuple(kept[:common]) != tuple(found[:common]):
        return None
    return tuple(found[common:])


def _identity(interview: Interview) -> str:
    return interview_id(interview.company, interview.role, interview.round, interview.start)


def _content(interview: Interview) -> str:
    text = repr(sorted(to_record(interview).items())).encode("utf-8", "replace")
    return _CONTENT + blake2b(text, digest_size=16).hexdigest()
