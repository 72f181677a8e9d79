"""The dates of every step, worked out from a story: waits, gaps, promises, answers and snoozes."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from icsgen.journal import Step
from icsgen.model import Interview, Reason, State
from icsgen.planning.contact_days import ContactDays
from icsgen.planning.moments import day_words, in_days, midnight, slot
from icsgen.planning.outcomes import early_slot, reply_slot
from icsgen.planning.story import WAITING, Slot, Story
from icsgen.planning.thanks import ThankYou, thank_you
from icsgen.planning.waits import wait_of, waited
from icsgen.planning.workdays import Workdays
from icsgen.rules import Playbook

GAP_DAYS = 3
"""Two messages are at least so many days apart, counted from date to date."""
PROMISE_GAP_DAYS = 1
"""After a thank-you, a check-in on a promise that has passed needs no more."""
ANSWER_DAYS = 14
"""How long an answer without a date is left alone (A1.21: they said they need time)."""

STEP_WORDS = {
    Step.THANK_YOU: "the thank-you",
    Step.EARLY_CHECK_IN: "the early check-in",
    Step.FIRST_CHECK_IN: "the first check-in",
    Step.SECOND_CHECK_IN: "the second check-in",
    Step.CLOSE_OUT: "the close-out",
    Step.REPLY: "the reply",
}


class Bound(NamedTuple):
    """A date before which a step is not due, and the words for it."""

    earliest: date
    rule: str
    source: str
    words: Callable[[], str]
    """Only put together where the bound moves a date."""


class Timetable(NamedTuple):
    """What stays the same while a story is told: the interview, its playbook and its days."""

    interview: Interview
    playbook: Playbook
    workdays: Workdays
    contact_days: ContactDays
    thanks: ThankYou

    @classmethod
    def of(cls, interview: Interview, playbook: Playbook, workdays: Workdays) -> "Timetable":
        """Put the parts together."""
        days = ContactDays(workdays, playbook)
        return cls(interview, playbook, workdays, days, thank_you(interview, playbook, workdays))

    def slots(self, story: Story) -> dict[Step, Slot]:
        """Give each step's window under the story, in the order of the steps."""
        slots: dict[Step, Slot] = {}
        for step in story.order():
            slots[step] = self._slot(step, story, slots)
        return slots

    def _slot(self, step: Step, story: Story, slots: Mapping[Step, Slot]) -> Slot:
        state = story.steps[step]
        if state.kept is not None:
            return state.kept
        if step is Step.THANK_YOU:
            found = Slot(self.interview.end, self.thanks.due, self.thanks.reasons)
        elif step is Step.EARLY_CHECK_IN and story.early is not None:
            found = early_slot(story.early, self.playbook, self.workdays)
        elif step is Step.REPLY and story.answer is not None:
            found = reply_slot(story.answer, self.playbook, self.workdays)
        else:
            found = self._waiting(step, story, slots)
        return self._snoozed(step, state.snoozed, found) if state.snoozed else found

    def _snoozed(self, step: Step, until: datetime, slot_before: Slot) -> Slot:
        """Give the window of a snoozed step: due exactly ``until``."""
        reason = Reason(
            "snooze",
            "ours",
            f"You put it off until {self._words(until.date())} at {until:%H:%M}, and that stands.",
        )
        opens = slot_before.opens
        if step in WAITING:
            opens = self._opens(opens.date(), until.date())
        return Slot(opens, until, (*slot_before.reasons, reason))

    def _waiting(self, step: Step, story: Story, slots: Mapping[Step, Slot]) -> Slot:
        base, base_words = self._base(step, story, slots)
        bounds = self._bounds(step, story, slots)
        promise = story.promise
        if promise is not None and promise.target is step:
            due, earliest = promise.on, promise.on
            reasons: tuple[Reason, ...] = ()
        else:
            rule = self.playbook.steps[step]
            wait, cite = wait_of(rule, self.interview)
            found = waited(wait, cite, base, base_words, self.contact_days)
            due, earliest, reasons = found.due, found.earliest, found.reasons
        for bound in bounds:
            if due < bound.earliest:
                due = self.contact_days.first_from(bound.earliest)
                reasons = (*reasons, *self._bound_reasons(bound, due))
        # The 14 days after an answer move the date, not the opening: only wait, gap and promise do.
        allowing = (b.earliest for b in bounds if b.rule != "answer")
        opens = self._opens(max([earliest, *allowing]), due)
        return Slot(opens, slot(due, self.playbook.morning, self.interview.zone), reasons)

    def _opens(self, earliest: date, due: date) -> datetime:
        return midnight(min(earliest, due), self.interview.zone)

    def _base(self, step: Step, story: Story, slots: Mapping[Step, Slot]) -> tuple[date, str]:
        """Give the date that a wait counts from, and its words."""
        if step is Step.FIRST_CHECK_IN:
            day = self.interview.end.date()
            return day, f"the interview on {self._words(day)}"
        before = WAITING[WAITING.index(step) - 1]
        state, due = story.steps[before], slots[before].due.date()
        name = STEP_WORDS[before]
        if state.state is State.SENT and state.settled_at:
            day = state.settled_at.date()
            return day, f"{name}, sent on {self._words(day)}"
        if state.state is State.SKIPPED and state.settled_at:
            day = max(due, state.settled_at.date())
            return day, f"{name}, skipped, on {self._words(day)}"
        return due, f"{name} on {self._words(due)}"

    def _bounds(self, step: Step, story: Story, slots: Mapping[Step, Slot]) -> list[Bound]:
        """Give the dates before which the step is not due: promise, answer, then gaps."""
        bounds: list[Bound] = []
        if promise := story.promise:
            bounds.append(self._promise_bound(promise.on))
        if story.replied_on is not None:
            bounds.append(self._answer_bound(story.replied_on))
        return bounds + self._gaps(step, story, slots)

    def _promise_bound(self, on: date) -> Bound:
        def words() -> str:
            return (
                f"They said they would answer by {self._words(on)}, "
                "so nothing is due until that day has passed"
            )

        return Bound(on + timedelta(days=1), "promise", "A0.2", words)

    def _answer_bound(self, on: date) -> Bound:
        def words() -> str:
            return (
                f"They answered on {self._words(on)} without a date, "
                f"so they are left in peace for {ANSWER_DAYS} days"
            )

        return Bound(on + timedelta(days=ANSWER_DAYS), "answer", "A1.21", words)

    def _gaps(self, step: Step, story: Story, slots: Mapping[Step, Slot]) -> list[Bound]:
        """Keep a step away from the nearest before it, and from an early check-in before it."""
        near = [story.previous(step)]
        early = Step.EARLY_CHECK_IN
        if early in story.before(step) and story.steps[early].state is not State.SKIPPED:
            near.append(early)
        return [self._gap(step, other, story, slots) for other in dict.fromkeys(near) if other]

    def _gap(self, step: Step, other: Step, story: Story, slots: Mapping[Step, Slot]) -> Bound:
        day, is_sent = _contact_date(other, story, slots)
        replanned = story.promise is not None and story.promise.target is step
        short = replanned and other is Step.THANK_YOU
        days = PROMISE_GAP_DAYS if short else GAP_DAYS

        def words() -> str:
            verb = "went out" if is_sent else "is due"
            plural = "" if days == 1 else "s"
            return (
                f"{STEP_WORDS[other].capitalize()} {verb} on {self._words(day)}, "
                f"and messages keep at least {days} day{plural} apart"
            )

        return Bound(day + timedelta(days=days), "gap", "ours", words)

    def _bound_reasons(self, bound: Bound, due: date) -> tuple[Reason, ...]:
        over = self.contact_days.passed_over(bound.earliest, due, self.interview.end.year)
        day = self._words(due)
        if over is None:
            return (Reason(bound.rule, bound.source, f"{bound.words()}: {day}."),)
        text = f"{over.text.removesuffix('.')}, so it is {day}."
        return (
            Reason(bound.rule, bound.source, f"{bound.words()}."),
            over._replace(text=text),
        )

    def _words(self, day: date) -> str:
        return day_words(day, year=self.interview.end.year)

    def closes(self, step: Step, story: Story, slots: Mapping[Step, Slot]) -> datetime:
        """Give the end of a check-in's, close-out's, early check-in's or reply's window."""
        due = slots[step].due
        if step not in WAITING[:2]:
            return in_days(due, 7)
        order = story.order()
        later = order[order.index(step) + 1 :]
        following = next(
            (s for s in later if story.steps[s].state is not State.SKIPPED and s is not Step.REPLY),
            None,
        )
        at_least = in_days(due, 1)
        if following is None:
            return at_least
        return max(slots[following].due, at_least, key=lambda m: m.timestamp())


def _contact_date(step: Step, story: Story, slots: Mapping[Step, Slot]) -> tuple[date, bool]:
    """Give the date that a gap counts from, and whether the message is out."""
    state, due = story.steps[step], slots[step].due.date()
    if state.state is State.SENT and state.settled_at:
        return state.settled_at.date(), True
    if state.parts:
        return max(due, max(at for at, _ in state.parts).date()), False
    return due, False
