"""A job search as a person lives it: days pass, things happen, the plan follows.

Replayed on the real desk with a real file. Moments are New York's unless they say otherwise; dates
come back as ``Tue 11-17`` so that a reader can check them with a calendar.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from icsgen.desk import Desk
from icsgen.desk.recording import Written, moment_in
from icsgen.feed.views import Style, View
from icsgen.journal import Heard, News, NewsKind, Outcome, Promised, Sent, Skipped, Snoozed, Step
from icsgen.model import FollowUp, Interview
from icsgen.planning.today import today
from icsgen.sources import Options, Reading, read
from icsgen.zones import zone
from tests.planning.cases import moment

THANKS, EARLY, FIRST, SECOND, LAST, REPLY = (
    Step.THANK_YOU,
    Step.EARLY_CHECK_IN,
    Step.FIRST_CHECK_IN,
    Step.SECOND_CHECK_IN,
    Step.CLOSE_OUT,
    Step.REPLY,
)
NEW_YORK = zone("America/New_York")

USUAL: dict[str, Any] = {
    "company": "Acme",
    "role": "Analyst",
    "start": "2026-11-10T14:00",
    "timezone": "America/New_York",
    "country": "US",
    "contacts": [{"name": "Ann Bell", "email": "ann@acme.example"}],
}
"""The interview of the worked examples: a Tuesday, with Veterans Day the day after it."""


def records(*several: dict[str, Any]) -> Reading:
    """What a file of these interviews reads as."""
    whole = [{**USUAL, **fields} for fields in several]
    return read(json.dumps(whole).encode(), "a file", Options())


class JobSearch:
    """One search, with its own clock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = datetime(2026, 11, 10, 20, tzinfo=UTC)
        self.desk = self._opened()

    def _opened(self) -> Desk:
        return Desk(data=self.folder, clock=lambda: self.now)

    def restart(self) -> None:
        """Another process, later."""
        self.desk.keeper.close()
        self.desk = self._opened()

    def it_is(self, when: str) -> "JobSearch":
        """Let the clock show a moment."""
        self.now = moment(when, NEW_YORK)
        return self

    def meets(self, **fields: Any) -> str:
        """An interview takes place, or will."""
        (interview,) = records(fields).interviews
        return self.desk.add(interview, self.now).interview.id

    def sends(self, step: Step, *to: str, whom: str = "Acme") -> Written:
        return self._tells(whom, lambda i: Sent(self._at(i), step, to))

    def skips(self, step: Step, whom: str = "Acme") -> Written:
        return self._tells(whom, lambda i: Skipped(self._at(i), step))

    def snoozes(self, step: Step, until: str, whom: str = "Acme") -> Written:
        return self._tells(whom, lambda i: Snoozed(self._at(i), step, moment(until, i.zone)))

    def is_promised(self, on: str, whom: str = "Acme") -> Written:
        day = moment(on, NEW_YORK).date()
        return self._tells(whom, lambda i: Promised(self._at(i), day))

    def hears(self, outcome: str, by: str = "", whom: str = "Acme") -> Written:
        day = moment(by, NEW_YORK).date() if by else None
        return self._tells(whom, lambda i: Heard(self._at(i), Outcome(outcome), day))

    def has_news(self, kind: str, whom: str = "Acme") -> Written:
        return self._tells(whom, lambda i: News(self._at(i), NewsKind(kind)))

    def undoes(self, whom: str | None = None) -> Written:
        return self.desk.undo(whom, self._at, self.now)

    def _tells(self, whom: str, make: Any) -> Written:
        return self.desk.record(whom, make, self.now)

    def _at(self, interview: Interview) -> datetime:
        return moment_in(interview, self.now)

    def plan(self, whom: str = "Acme") -> dict[Step, FollowUp]:
        made = self.desk.plan(self.desk.find(whom))
        return {follow_up.step: follow_up for follow_up in made.follow_ups}

    def due(self, step: Step, whom: str = "Acme") -> str:
        return f"{self.plan(whom)[step].due:%a %m-%d %H:%M}"

    def dates(self, whom: str = "Acme") -> list[str]:
        """The due dates of both check-ins and the close-out."""
        return [f"{self.plan(whom)[step].due:%a %m-%d}" for step in (FIRST, SECOND, LAST)]

    def states(self, whom: str = "Acme") -> dict[str, str]:
        return {step.value: f.state.value for step, f in self.plan(whom).items()}

    def today(self) -> list[tuple[str, str, str]]:
        """What is due or overdue: how, which step, and with whom."""
        found = today(self.desk.plans(self.desk.kept()).plans, self.now)
        tasks = [("due", task) for task in found.due] + [("overdue", t) for t in found.overdue]
        return [(how, t.follow_up.step.value, t.plan.interview.company) for how, t in tasks]

    def events(self) -> dict[str, tuple[int, str, str]]:
        """The feed's events by UID: SEQUENCE, LAST-MODIFIED, and all the rest of the text."""
        plans = self.desk.revised(self.now).plans
        octets, _ = self.desk.feed(plans, self.now, view=View.FULL, style=Style.TIMED)
        text = octets.decode().replace("\r\n ", "")
        return dict(_event(part) for part in text.split("BEGIN:VEVENT\r\n")[1:])


def _event(text: str) -> tuple[str, tuple[int, str, str]]:
    lines = text.split("END:VEVENT", maxsplit=1)[0].splitlines()
    values = dict(line.partition(":")[::2] for line in lines if ":" in line)
    counted = ("SEQUENCE:", "LAST-MODIFIED:", "DTSTAMP:")
    rest = "\n".join(line for line in lines if not line.startswith(counted))
    return values["UID"], (int(values["SEQUENCE"]), values["LAST-MODIFIED"], rest)


def moved(written: Written) -> dict[str, str]:
    """What a write changed: each step that did not just stay."""
    return {
        change.step.value: change.change.value
        for change in written.changes
        if change.change.value != "kept"
    }
