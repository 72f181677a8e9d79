"""Interviews become plans, each by its playbook and its employer's days."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from icsgen.errors import AfterwordError
from icsgen.model import Interview, Plan, Problem, Severity
from icsgen.planning.effect import in_effect, up_to
from icsgen.planning.plan import plan
from icsgen.playbooks import DEFAULT, load, load_named
from icsgen.rules import Playbook
from icsgen.workcalendar import workdays_for

__all__ = ["Planned", "Planner", "name_of", "placed", "refusal"]

_NOWHERE: Mapping[str, str] = MappingProxyType({})


class Planned(NamedTuple):
    """Plans in the order of their interviews, and what there is to say of them."""

    plans: tuple[Plan, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> int:
        """Give how many interviews could not be planned."""
        return sum(problem.severity is Severity.REFUSED for problem in self.problems)


class Planner:
    """Makes plans with the person's playbooks, and keeps in ``cache`` what takes long to make.

    Of a playbook that cannot be loaded each interview that names it says so.
    """

    def __init__(self, playbooks: Path | None, cache: Path | None) -> None:
        """Begin with nothing loaded."""
        self._usual = DEFAULT
        self._folder = playbooks
        self._cache = cache
        self._loaded: dict[str, Playbook | AfterwordError] = {}

    def follow(self, playbook: str | None) -> None:
        """Let this be the playbook of interviews that name none."""
        self._usual = playbook or DEFAULT

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
        given = self._given(playbook)
        plans: list[Plan] = []
        problems: list[Problem] = []
        for interview in interviews:
            place = places.get(interview.id, "")
            try:
                made = self._plan(interview, given)
            except AfterwordError as error:
                problems.append(placed(refusal(error, name_of(interview)), place))
            else:
                plans.append(made)
                problems += (placed(problem, place) for problem in made.problems)
        return Planned(tuple(plans), tuple(problems))

    def plan(self, interview: Interview, playbook: str | None = None, place: str = "") -> Plan:
        """Give one interview's plan; raises what `plans` would report of it."""
        given = self._given(playbook)
        try:
            made = self._plan(interview, given)
        except AfterwordError as error:
            if not place:
                raise
            where = placed(refusal(error, name_of(interview)), place).where
            raise type(error)(error.what, where=where, remedy=error.remedy) from error
        return made._replace(problems=tuple(placed(problem, place) for problem in made.problems))

    def as_of(self, made: Plan, at: datetime) -> Plan:
        """Give the plan that an interview had at a moment, by what had happened up to it."""
        interview = made.interview
        told = up_to(interview.journal, at)
        if len(told) == len(in_effect(interview.journal)):
            return made
        return self._plan(interview._replace(journal=told), None)._replace(interview=interview)

    def _given(self, playbook: str | None) -> Playbook | None:
        return load(playbook, self._folder, self._cache) if playbook else None

    def _plan(self, interview: Interview, given: Playbook | None) -> Plan:
        playbook = given or self._own(interview.playbook or self._usual)
        workdays, said = workdays_for(interview, cache=self._cache)
        # A country that nobody gave was already remarked on when the interview was read.
        said = said if interview.country else ()
        made = plan(interview, interview.journal, playbook, workdays)
        odd = (p._replace(where=f"{name_of(interview)}: {p.where}") for p in made.problems)
        return made._replace(problems=(*said, *odd))

    def _own(self, name: str) -> Playbook:
        if name not in self._loaded:
            try:
                self._loaded[name] = load_named(name, self._folder, self._cache)
            except AfterwordError as error:
                self._loaded[name] = error
        found = self._loaded[name]
        if isinstance(found, AfterwordError):
            raise found
        return found


def name_of(interview: Interview) -> str:
    """Give an interview's name for messages."""
    return f"{interview.company}, {interview.role}"


def placed(problem: Problem, place: str) -> Problem:
    """Give a problem with its interview's place in a file in front, where that is known."""
    return problem._replace(where=f"{place}: {problem.where}") if place else problem


def refusal(error: AfterwordError, whose: str = "") -> Problem:
    """Give an error as a problem of severity `refused`, with whose it is."""
    where = error.where
    if whose and not where.startswith(whose):
        where = f"{whose}: {where}" if where else whose
    message = error.what + (f"; {error.remedy}" if error.remedy else "")
    return Problem(where, Severity.REFUSED, message)
