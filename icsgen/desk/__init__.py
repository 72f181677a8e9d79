"""The use cases: a job search kept, planned and followed; files read, calendars written.

What people see (command line, server, tray) calls this and nothing below it. A conductor: it asks
the rooms in turn and passes on what they say; rules, words and formats are theirs. What goes wrong
for one interview of several is a problem of severity `refused`, and costs no other.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from icsgen.desk.files import STDIN, octets_of, read_files
from icsgen.desk.finding import one, shortest
from icsgen.desk.keeping import Keeper
from icsgen.desk.plans import Planned, Planner
from icsgen.errors import AfterwordError, NotFound, StoreError
from icsgen.journal import Entry, Heard, Outcome, Skipped, Step, Undone
from icsgen.model import Interview, Plan, Problem

if TYPE_CHECKING:
    from icsgen.desk.importing import Imported
    from icsgen.desk.recording import Written
    from icsgen.feed.views import Style, View
    from icsgen.sources import Options, Reading
    from icsgen.store import Reader, Writer

__all__ = ["STDIN", "Desk", "Planned", "octets_of", "one", "shortest"]

_NOWHERE: Mapping[str, str] = MappingProxyType({})
Maker = Callable[[Interview], Entry]
"""Gives the entry to write, once it is known which interview it is for."""


class Desk:
    """Where a job search is worked on.

    ``playbooks`` has the person's own. In ``cache`` tables of days are kept; None: they are made
    anew. In ``data`` lies the store; None: nothing can be kept. ``clock`` gives the real time,
    aware, for copies of the store. Every other moment is given as ``now``, aware.
    """

    def __init__(
        self,
        playbooks: Path | None = None,
        cache: Path | None = None,
        data: Path | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        """Open nothing yet."""
        self.playbooks: Final = playbooks
        self.cache: Final = cache
        self._planner = Planner(playbooks, cache)
        self._keeper = Keeper(data, clock or _real_time) if data else None
        self.on_trouble: Callable[[AfterwordError], None] = _nothing
        """Told what went wrong beside what was asked for, such as the daily backup."""

    # Files.

    def read(
        self, files: Sequence[str], options: "Options", *, plain_only: bool = False
    ) -> "Reading":
        """Give what the files say, in their order, `-` being standard input.

        A file that cannot be opened is one more refusal, unless it is the only one: then NotFound.
        ``plain_only`` refuses pipes and devices, which may keep one waiting for ever.
        """
        return read_files(files, options, plain_only=plain_only)

    def plans(
        self,
        interviews: Iterable[Interview],
        playbook: str | None = None,
        places: Mapping[str, str] = _NOWHERE,
    ) -> Planned:
        """Give the interviews' plans, by `playbook` (a name or a file) or else by each one's own.

        `places` says for an interview's id where it comes from; problems then begin with that.
        Raises NotFound or PlaybookError for `playbook` itself; an interview's own, a place or a
        date that nobody knows refuses that interview.
        """
        return self._planner.plans(interviews, playbook, places)

    def plan(self, interview: Interview, playbook: str | None = None, place: str = "") -> Plan:
        """Give one interview's plan; raises what `plans` would report of it."""
        return self._planner.plan(interview, playbook, place)

    def feed(
        self,
        plans: Iterable[Plan],
        as_of: datetime,
        *,
        view: "View",
        style: "Style",
        token: str = "",
    ) -> tuple[bytes, tuple[Problem, ...]]:
        """Give the plans' calendar, and what our own check of it remarks on.

        Raises FeedError for one that breaks the contract: it must not leave.
        """
        pieces, problems = self.feed_pieces(plans, as_of, view=view, style=style, token=token)
        return b"".join(pieces), problems

    def feed_pieces(
        self,
        plans: Iterable[Plan],
        as_of: datetime,
        *,
        view: "View",
        style: "Style",
        token: str = "",
    ) -> tuple[tuple[bytes, ...], tuple[Problem, ...]]:
        """Give the same in pieces, so that a large calendar is never in memory twice."""
        from icsgen.desk.feeds import checked_pieces  # plans alone need none: start-up stays short

        return checked_pieces(plans, as_of, view, style, token)

    # What is kept, asked.

    @property
    def keeper(self) -> Keeper:
        """Give the store's file; raises StoreError where nothing can be kept."""
        if self._keeper is None:
            raise StoreError("there is no folder to keep anything in", remedy="give --data-dir")
        return self._keeper

    def kept(self) -> tuple[Interview, ...]:
        """Give all interviews with their journals, in the order in which they were added."""
        with self._reading() as kept:
            return kept.interviews() if kept else ()

    def find(self, word: str) -> Interview:
        """Give the one that `word` means: an id, its beginning, or a company; raises NotFound."""
        with self._reading() as kept:
            if kept is None:
                raise _nothing_kept(word)
            return kept.interview(one(kept.headings(), word).id)

    def settings(self) -> dict[str, str]:
        """Give the settings that were set."""
        with self._reading() as kept:
            return kept.settings() if kept else {}

    def options(self, machine_timezone: str | None) -> "Options":
        """Give how to read interviews by the settings."""
        settings = self.settings()
        from icsgen.desk.settings import options_of  # what is kept needs none of it

        return options_of(settings, machine_timezone)

    def revised(self, now: datetime) -> Planned:
        """Give the plans of all that is kept, each follow-up with its SEQUENCE and last change.

        What changed without a write of ours (a playbook, new holidays, our own words) is counted
        now, so that no calendar misses it.
        """
        from icsgen.desk.revising import is_counted, revise, with_revisions  # feeds alone

        with self._reading() as kept:
            if kept is None:
                return Planned(())
            planned = self._planner.plans(kept.interviews())
            known = kept.all_revisions()
        stale = [p for p in planned.plans if not is_counted(p, known.get(p.interview.id, {}))]
        if stale:
            with self._writing() as kept:
                there = {heading.id for heading in kept.headings()}
                for made in stale:
                    if made.interview.id in there:
                        fresh = self._planner.plan(kept.interview(made.interview.id))
                        known[made.interview.id] = revise(kept, fresh, now)
        plans = (with_revisions(p, known.get(p.interview.id, {})) for p in planned.plans)
        return planned._replace(plans=tuple(plans))

    # What is kept, changed.

    def add(self, interview: Interview, now: datetime) -> "Written":
        """Keep a new interview; raises AlreadyKept, or what its plan raises."""
        from icsgen.desk.importing import identity_key  # only what adds needs it

        with self._writing() as kept:
            kept.add(interview)
            after = self._revise(kept, interview, now)
            kept.remember(identity_key(interview))
            return _written(interview, None, after, earlier=_earlier(kept, interview))

    def edit(self, word: str, change: Callable[[Interview], Interview], now: datetime) -> "Written":
        """Keep an interview as `change` makes it; its id and its journal stay."""
        with self._writing() as kept:
            interview = self._found(kept, word)
            before = self._plan_or_none(interview)
            edited = change(interview)._replace(id=interview.id, journal=interview.journal)
            kept.replace(edited)
            after = self._revise(kept, edited, now)
            return _written(edited, before, after, _odd(before, after), _earlier(kept, edited))

    def remove(self, word: str) -> "Written":
        """Delete an interview and all that belongs to it, for good."""
        with self._writing() as kept:
            interview = self._found(kept, word)
            before = self._plan_or_none(interview)
            kept.remove(interview.id)
            return _written(interview, before, None)

    def wipe(self) -> int:
        """Delete everything for good, every backup too; give how many interviews there were."""
        with self._writing(copied=False) as kept:
            count = len(kept.headings())
            kept.wipe()
        self.keeper.erase_copies()
        return count

    def record(self, word: str, make: Maker, now: datetime) -> "Written":
        """Write an entry into a journal.

        Raises what speaks against it (``planning.admissible``); then nothing is changed.
        """
        with self._writing() as kept:
            return self._record(kept, self._found(kept, word), make, now)

    def undo(
        self, word: str | None, make_at: Callable[[Interview], datetime], now: datetime
    ) -> "Written":
        """Take back the last entry of an interview, or of all of them; raises NothingToUndo."""
        from icsgen.desk.undoing import latest, to_undo  # only this needs it

        with self._writing() as kept:
            found = self._found(kept, word) if word else latest(kept.interviews())
            placed = to_undo(found)
            done = self._record(kept, found, lambda i: Undone(make_at(i), placed.position), now)
            return done._replace(entry=placed.entry)

    def mark_next_round(self, earlier_id: str, later: Interview, now: datetime) -> "Written":
        """Write into an earlier round that it led to a later one.

        Where that one is over already, the invitation was answered long ago: the reply is skipped.
        """
        from icsgen.desk.recording import moment_in  # only what writes needs it

        with self._writing() as kept:
            interview = kept.interview(earlier_id)
            at = moment_in(interview, min(now, later.start.astimezone(UTC)))
            heard = Heard(at, Outcome.NEXT_ROUND)
            done = self._record(kept, interview, lambda _: heard, now)
            if later.start <= now:
                reply = Skipped(at, Step.REPLY)
                self._record(kept, done.interview, lambda _: reply, now)
            return done

    def preview(self, reading: "Reading", now: datetime) -> "Imported":
        """Give what an import would do; nothing is agreed to, nothing is changed."""
        from icsgen.desk.importing import preview  # only an import needs it

        with self._reading() as kept:
            return preview(reading, kept, self._planner, now)

    def take(self, reading: "Reading", now: datetime, agreed: Collection[str] = ()) -> "Imported":
        """Import a reading. `agreed`: ids of kept interviews that may be moved or removed."""
        from icsgen.desk.importing import take  # as above

        with self._writing() as kept:
            return take(reading, kept, self._planner, now, agreed)

    def set(self, key: str, value: str, now: datetime) -> str:
        """Keep a setting, or forget it where the value is empty; give it as it is kept.

        Raises NotFound for a name or a playbook nobody knows, FieldError or UnknownPlace for a
        value that it cannot have.
        """
        from icsgen.desk.settings import checked, setting  # only this needs it

        name = setting(key).key
        clean = checked(name, value, self.playbooks, self.settings()) if value.strip() else ""
        with self._writing() as kept:
            if clean:
                kept.set(name, clean)
            else:
                kept.unset(name)
            if name == "playbook":
                self._revise_all(kept, now)
        return clean

    def restore(self, backup: Path | None, now: datetime) -> Path:
        """Bring a backup back, by default the last, and give it; what it replaces is set aside."""
        chosen = backup or self.keeper.last_backup()
        with self.keeper.restoring(chosen) as kept:
            self._revise_all(kept, now)
        return chosen

    # How.

    @contextmanager
    def _reading(self) -> "Iterator[Reader | None]":
        """Give what is kept; None where nothing ever was, so that asking leaves no trace."""
        if self._keeper is None or self._keeper.is_empty:
            yield None
            return
        with self._keeper.store().reading() as kept:
            self._mind(kept)
            yield kept

    @contextmanager
    def _writing(self, *, copied: bool = True) -> "Iterator[Writer]":
        keeper = self.keeper
        with keeper.store().transaction() as kept:
            self._mind(kept)
            yield kept
        trouble = keeper.copy_daily() if copied else None
        if trouble is not None:
            self.on_trouble(trouble)

    def _mind(self, kept: "Reader") -> None:
        """Let the settings decide what interviews leave open."""
        self._planner.follow(kept.settings().get("playbook"))

    def _found(self, kept: "Reader", word: str) -> Interview:
        headings = kept.headings()
        if not headings:
            raise _nothing_kept(word)
        return kept.interview(one(headings, word).id)

    def _plan_or_none(self, interview: Interview) -> Plan | None:
        """Give the plan, None where there is none: what cannot be planned can still be mended."""
        try:
            return self._planner.plan(interview)
        except AfterwordError:
            return None

    def _revise(self, kept: "Writer", interview: Interview, now: datetime) -> Plan:
        from icsgen.desk.revising import revise  # only what writes needs it

        made = self._planner.plan(interview)
        revise(kept, made, now)
        return made

    def _revise_all(self, kept: "Writer", now: datetime) -> None:
        from icsgen.desk.revising import revise  # as above

        self._mind(kept)
        for made in self._planner.plans(kept.interviews()).plans:
            revise(kept, made, now)

    def _record(
        self, kept: "Writer", interview: Interview, make: Maker, now: datetime
    ) -> "Written":
        from icsgen.desk.recording import completed, remarks  # only what writes needs it
        from icsgen.planning.admissible import check

        before = self._planner.plan(interview)
        entry = make(interview)
        then = self._planner.as_of(before, entry.at)
        check(entry, then, before, now)
        entry = completed(entry, then)
        kept.append(interview.id, entry)
        longer = interview._replace(journal=(*interview.journal, entry))
        after = self._revise(kept, longer, now)
        said = remarks(entry, before, after, lambda: _mates(kept, interview))
        return _written(longer, before, after, said, entry=entry)


def _real_time() -> datetime:
    return datetime.now(UTC)


def _nothing(error: AfterwordError) -> None:
    del error


def _nothing_kept(word: str) -> NotFound:
    return NotFound(
        f"there is no interview “{word[:60]}”",
        where="ID",
        remedy="nothing is kept yet; afterword add or afterword import begins",
    )


def _mates(kept: "Reader", interview: Interview) -> list[Interview]:
    """Give the other interviews of the same process."""
    from icsgen.planning.rounds import process_of  # only what writes needs it

    wanted = process_of(interview)
    return [
        kept.interview(heading.id)
        for heading in kept.headings()
        if heading.id != interview.id and process_of(heading) == wanted
    ]


def _earlier(kept: "Reader", interview: Interview) -> tuple[Interview, ...]:
    from icsgen.planning.rounds import earlier_rounds  # as above

    return earlier_rounds(interview, _mates(kept, interview))


def _odd(before: Plan | None, after: Plan) -> tuple[Problem, ...]:
    """Give what is odd about a plan and was not before."""
    known = {problem.message for problem in before.problems} if before else set()
    return tuple(problem for problem in after.problems if problem.message not in known)


def _written(
    interview: Interview,
    before: Plan | None,
    after: Plan | None,
    problems: Iterable[Problem] = (),
    earlier: tuple[Interview, ...] = (),
    entry: Entry | None = None,
) -> "Written":
    from icsgen.desk.recording import Written  # only what writes needs it
    from icsgen.planning.changes import changes

    said = tuple(problems) if before or after is None else after.problems
    moved = changes(before, after) if before or after else ()
    return Written(interview, moved, said, after, earlier, entry)
