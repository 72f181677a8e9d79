"""The use cases: files become interviews, interviews plans, plans a feed.

What people see (command line, server, tray) calls this. A conductor: it asks the rooms in turn and
passes on what they say; rules, words and formats are theirs. What goes wrong for one interview is a
problem of severity `refused`, and costs no other.
"""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from icsgen.errors import AfterwordError, FeedError, NotFound
from icsgen.model import Interview, Plan, Problem, Severity
from icsgen.planning.plan import plan
from icsgen.playbooks import DEFAULT, load, load_named
from icsgen.rules import Playbook
from icsgen.sources import Options, Reading, limits, merge, read
from icsgen.workcalendar import workdays_for

if TYPE_CHECKING:
    from icsgen.feed.views import Style, View

__all__ = ["STDIN", "Desk", "Planned"]

STDIN = "-"
"""The file name that stands for standard input."""
STDIN_WORDS = "standard input"


class Planned(NamedTuple):
    """Plans in the order of their interviews, and what there is to say of them."""

    plans: tuple[Plan, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> int:
        """Give how many interviews could not be planned."""
        return sum(problem.severity is Severity.REFUSED for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a job search is worked on: folders in, plans and feeds out."""

    playbooks: Path | None = None
    """The person's own playbooks."""
    cache: Path | None = None
    """Where tables of days are kept; None: they are made anew."""
    _loaded: dict[str, Playbook | AfterwordError] = field(default_factory=dict, compare=False)

    def read(self, files: Sequence[str], options: Options) -> Reading:
        """Give what the files say, in their order, `-` being standard input.

        A file that cannot be opened is one more refusal, unless it is the only one: then NotFound.
        """
        readings: list[Reading] = []
        for name in files:
            try:
                data, where = octets_of(name)
            except NotFound as error:
                if len(files) == 1:
                    raise
                readings.append(Reading(problems=(_refused(error),), refused=1))
            else:
                readings.append(read(data, where, options))
        return merge(readings)

    def plans(self, interviews: Iterable[Interview], playbook: str | None = None) -> Planned:
        """Give the interviews' plans, by `playbook` (a name or a file) or else by each one's own.

        Raises NotFound or PlaybookError for `playbook` itself; an interview's own, a place or a
        date that nobody knows refuses that interview.
        """
        given = self._given(playbook)
        plans: list[Plan] = []
        problems: list[Problem] = []
        for interview in interviews:
            try:
                made = self._plan(interview, given)
            except AfterwordError as error:
                problems.append(_refused(error, _name(interview)))
            else:
                plans.append(made)
                problems += made.problems
        return Planned(tuple(plans), tuple(problems))

    def plan(self, interview: Interview, playbook: str | None = None) -> Plan:
        """Give one interview's plan; raises what `plans` would report of it."""
        return self._plan(interview, self._given(playbook))

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
        # Plans alone need neither: start-up stays short.
        from icsgen.feed import feed
        from icsgen.feed.lint import lint

        octets = feed(plans, as_of, view=view, style=style, token=token)
        findings = lint(octets)
        worst = next((each for each in findings if each.severity is Severity.REFUSED), None)
        if worst is not None:
            raise FeedError(
                f"it breaks the rules of calendars ({worst.message})",
                where=f"the calendar, line {worst.line}",
                remedy="this is a fault of ours: please report it with that line",
            )
        where = "the calendar"
        return octets, tuple(Problem(where, f.severity, f.message) for f in findings)

    def _given(self, playbook: str | None) -> Playbook | None:
        return load(playbook, self.playbooks) if playbook else None

    def _plan(self, interview: Interview, given: Playbook | None) -> Plan:
        playbook = given or self._own(interview.playbook or DEFAULT)
        workdays, said = workdays_for(interview, cache=self.cache)
        # A country that nobody gave was already remarked on when the interview was read.
        said = said if interview.country else ()
        made = plan(interview, interview.journal, playbook, workdays)
        odd = (replace(p, where=f"{_name(interview)}: {p.where}") for p in made.problems)
        return replace(made, problems=(*said, *odd))

    def _own(self, name: str) -> Playbook:
        if name not in self._loaded:
            try:
                self._loaded[name] = load_named(name, self.playbooks)
            except AfterwordError as error:
                self._loaded[name] = error
        found = self._loaded[name]
        if isinstance(found, AfterwordError):
            raise found
        return found


def octets_of(name: str) -> tuple[bytes, str]:
    """Give a file's octets, up to one more than we read, and its name for messages.

    Raises NotFound where there is no such file, or none that may be read.
    """
    most = limits.FILE_BYTES + 1
    if name == STDIN:
        return (sys.stdin.buffer.read(most) if sys.stdin else b""), STDIN_WORDS
    try:
        with Path(name).open("rb") as file:
            return file.read(most), name
    except (OSError, ValueError) as error:  # ValueError: a NUL in it
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: OSError | ValueError) -> NotFound:
    remedy = "check its name, and that you may read it"
    if isinstance(error, FileNotFoundError):
        return NotFound("there is no such file", where=name, remedy="check its name and its folder")
    if isinstance(error, IsADirectoryError):
        return NotFound("this is a folder", where=name, remedy="name a file in it")
    why = error.strerror if isinstance(error, OSError) else None
    what = f"the file cannot be read ({why})" if why else "no file can have this name"
    return NotFound(what, where=name, remedy=remedy)


def _name(interview: Interview) -> str:
    return f"{interview.company}, {interview.role}"


def _refused(error: AfterwordError, whose: str = "") -> Problem:
    where = error.where
    if whose and not where.startswith(whose):
        where = f"{whose}: {where}" if where else whose
    message = error.what + (f"; {error.remedy}" if error.remedy else "")
    return Problem(where, Severity.REFUSED, message)
