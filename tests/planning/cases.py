"""Interviews and journals as a person would write them down, and what the plan makes of them.

Fields and entries are those of the JSON contract; a moment without an offset is the employer's, a
date alone means 09:30. Dates come back as ``Tue 11-17``, so that a reader can check them with a
calendar.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from icsgen.journal import (
    Entry,
    Heard,
    News,
    NewsKind,
    Outcome,
    Promised,
    Sent,
    Skipped,
    Snoozed,
    Step,
    Undone,
)
from icsgen.model import (
    Channel,
    Contact,
    FollowUp,
    Industry,
    Interview,
    Pace,
    Plan,
    Rapport,
    Reason,
    Size,
    Status,
)
from icsgen.planning.plan import plan
from icsgen.planning.workdays import Workdays
from icsgen.playbooks import load, shipped
from icsgen.rules import Playbook
from icsgen.workcalendar import workdays_for
from icsgen.zones import zone

THANKS, EARLY, FIRST, SECOND, LAST, REPLY = (
    Step.THANK_YOU,
    Step.EARLY_CHECK_IN,
    Step.FIRST_CHECK_IN,
    Step.SECOND_CHECK_IN,
    Step.CLOSE_OUT,
    Step.REPLY,
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Json = dict[str, Any]

# The interview of the worked examples: a Tuesday, with Veterans Day the day after it.
USUAL: Json = {
    "company": "Acme",
    "role": "Analyst",
    "start": "2026-11-10T14:00",
    "end": "2026-11-10T15:00",
    "timezone": "America/New_York",
    "country": "US",
    "contacts": [{"name": "Ann", "email": "ann@acme.example"}],
}
THANKED: Json = {"at": "2026-11-10T17:00", "type": "sent", "step": "thank_you"}


@cache
def playbook(name: str) -> Playbook:
    return load(name)


def playbooks() -> dict[str, Playbook]:
    return {name: playbook(name) for name in shipped()}


@dataclass(frozen=True)
class Planned:
    """A plan that is easy to ask."""

    plan: Plan

    @property
    def by_step(self) -> dict[Step, FollowUp]:
        return {follow_up.step: follow_up for follow_up in self.plan.follow_ups}

    @property
    def steps(self) -> list[Step]:
        return [follow_up.step for follow_up in self.plan.follow_ups]

    def __getitem__(self, step: Step) -> FollowUp:
        return self.by_step[step]

    def on(self, step: Step) -> str:
        """The due date; for a check-in or close-out only if it is due in the morning."""
        due = self[step].due
        assert due.time() == time(9, 30), f"{step} is due at {due:%H:%M}"
        return f"{due:%a %m-%d}"

    def dates(self) -> list[str]:
        """The dates of both check-ins and the close-out."""
        return [self.on(step) for step in (FIRST, SECOND, LAST)]

    def due(self, step: Step) -> str:
        return shown(self[step].due)

    def opens(self, step: Step) -> str:
        return shown(self[step].opens)

    def closes(self, step: Step) -> str:
        return shown(self[step].closes)

    def status(self, step: Step, at: str) -> Status:
        return self[step].status(moment(at, self.plan.interview.zone))

    def state(self, step: Step) -> str:
        return self[step].state.value

    def to(self, step: Step) -> list[str]:
        return [person.name for person in self[step].recipients]

    def why(self, step: Step) -> str:
        """All that is said about a step, as one text."""
        return " ".join(reason.text for reason in self[step].reasons)

    def reason(self, step: Step, rule: str) -> Reason:
        """The one reason of a rule."""
        (found,) = (reason for reason in self[step].reasons if reason.rule == rule)
        return found

    @property
    def warnings(self) -> list[str]:
        return [problem.message for problem in self.plan.problems]

    @property
    def warned_at(self) -> list[str]:
        return [problem.where for problem in self.plan.problems]


def shown(when: datetime) -> str:
    return f"{when:%a %m-%d %H:%M}"


def plan_for(book: str | Playbook, *journal: Json, **fields: Any) -> Planned:
    """The plan of the usual interview but for ``fields``, after the entries of ``journal``."""
    return plan_of({**USUAL, **fields, "journal": [*journal]}, book)


def plan_of(said: Mapping[str, Any], book: str | Playbook) -> Planned:
    interview = interview_of(said)
    rules = playbook(book) if isinstance(book, str) else book
    return Planned(plan(interview, interview.journal, rules, days_of(interview)))


def days_of(interview: Interview) -> Workdays:
    workdays, _ = workdays_for(interview)
    return workdays


def sent(step: Step, at: str, **more: Any) -> Json:
    return {"at": at, "type": "sent", "step": step.value, **more}


def skipped(step: Step, at: str, **more: Any) -> Json:
    return {"at": at, "type": "skipped", "step": step.value, **more}


def snoozed(step: Step, at: str, until: str) -> Json:
    return {"at": at, "type": "snoozed", "step": step.value, "until": until}


def promised(at: str, on: str) -> Json:
    return {"at": at, "type": "promised", "date": on}


def heard(outcome: str, at: str, **more: Any) -> Json:
    return {"at": at, "type": "heard", "outcome": outcome, **more}


def news(kind: str, at: str) -> Json:
    return {"at": at, "type": "news", "news": kind}


def undone(entry: int, at: str) -> Json:
    return {"at": at, "type": "undone", "entry": entry}


def interview_of(said: Mapping[str, Any]) -> Interview:
    """The interview that fields of the JSON contract speak of."""
    where = zone(said["timezone"])
    fields: Json = {}
    if said.get("promised"):
        fields["promised"] = date.fromisoformat(said["promised"])
    for name, kind in (("industry", Industry), ("pace", Pace), ("size", Size)):
        if name in said:
            fields[name] = kind(said[name])
    if "rapport" in said:
        fields["rapport"] = Rapport(said["rapport"])
    if said.get("channel"):
        fields["channel"] = Channel(said["channel"])
    if said.get("weekend"):
        fields["weekend"] = frozenset(WEEKDAYS.index(day) for day in said["weekend"])
    return Interview(
        id="x",
        company=said["company"],
        role=said["role"],
        start=moment(said["start"], where),
        end=moment(said["end"], where),
        zone=where,
        country=said.get("country"),
        subdivision=said.get("subdivision"),
        contacts=tuple(Contact(**person) for person in said.get("contacts", ())),
        closed=tuple(_span(days) for days in said.get("closed", ())),
        journal=tuple(_entry(entry, where) for entry in said.get("journal", ())),
        **fields,
    )


def moment(text: str, where: Any) -> datetime:
    """An aware moment in the zone ``where``."""
    if len(text) == len("2026-11-10"):
        return datetime.combine(date.fromisoformat(text), time(9, 30), where)
    read = datetime.fromisoformat(text)
    return read.replace(tzinfo=where) if read.tzinfo is None else read.astimezone(where)


def _span(days: str) -> tuple[date, date]:
    first, _, last = days.partition("/")
    return date.fromisoformat(first), date.fromisoformat(last or first)


def _entry(said: Json, where: Any) -> Entry:
    at = moment(said["at"], where)
    due = moment(said["due"], where) if "due" in said else None
    by = date.fromisoformat(said["promised"]) if said.get("promised") else None
    to = said.get("to", ())
    made: dict[str, Callable[[], Entry]] = {
        "sent": lambda: Sent(
            at, Step(said["step"]), (to,) if isinstance(to, str) else tuple(to), due
        ),
        "skipped": lambda: Skipped(at, Step(said["step"]), due),
        "snoozed": lambda: Snoozed(at, Step(said["step"]), moment(said["until"], where)),
        "promised": lambda: Promised(at, date.fromisoformat(said["date"])),
        "heard": lambda: Heard(at, Outcome(said["outcome"]), by),
        "news": lambda: News(at, NewsKind(said["news"])),
        "undone": lambda: Undone(at, said["entry"]),
    }
    return made[said["type"]]()
