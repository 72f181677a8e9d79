"""One journal entry after another: how each changes the story (``docs/rules.md``)."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from icsgen.journal import Entry, Heard, News, Outcome, Promised, Sent, Skipped, Snoozed, Step
from icsgen.model import Problem, Reason, Severity, State
from icsgen.planning.moments import in_days, midnight, utc
from icsgen.planning.outcomes import NEWS_GOES_INTO, REPLY_KINDS, early_slot
from icsgen.planning.people import thank_you_recipients
from icsgen.planning.schedule import ANSWER_DAYS, GAP_DAYS, STEP_WORDS, Timetable
from icsgen.planning.story import WAITING, Answer, Early, Promise, Slot, StepState, Story

_CHECK_INS_AND_CLOSE_OUT = (Step.EARLY_CHECK_IN, *WAITING)


def tell(story: Story, entry: Entry, where: str, table: Timetable) -> Story:
    """Give the story after ``entry``; what cannot take effect is a problem at ``where``."""
    match entry:
        case Sent():
            story = _sent(story, entry, where, table)
        case Skipped():
            story = _skipped(story, entry, where, table)
        case Snoozed():
            story = _snoozed(story, entry, where)
        case Promised():
            story = _promised(story, entry.on, where, table)
        case Heard(outcome=Outcome.REPLIED):
            story = _replied(story, entry, where, table)
        case Heard():
            story = _final(story, entry, table)
        case News():
            story = _news(story, entry, where, table)
    return story  # what an undoing strikes out is left out before the story is told


def _problem(story: Story, where: str, message: str) -> Story:
    problem = Problem(where, Severity.WARNING, message)
    return story._replace(problems=(*story.problems, problem))


def _missing(story: Story, step: Step, where: str) -> Story:
    return _problem(
        story, where, f"there is no {step.value} in this plan, so the entry changes nothing"
    )


def _sent(story: Story, entry: Sent, where: str, table: Timetable) -> Story:
    state = story.steps.get(entry.step)
    if state is None:
        return _missing(story, entry.step, where)
    if state.state is State.CANCELLED:
        return _problem(
            story,
            where,
            f"{STEP_WORDS[entry.step]} was cancelled before; the entry changes nothing",
        )
    slots = table.slots(story)
    if entry.step is Step.THANK_YOU:
        told = story.with_step(entry.step, _thanked(state, entry, slots, table))
    else:
        sent = _settle(state, State.SENT, entry, slots, entry.step)
        parts = (*state.parts, (entry.at, entry.to))
        told = story.with_step(entry.step, sent._replace(parts=parts))
    if entry.step in _CHECK_INS_AND_CLOSE_OUT:
        told = _skip_earlier(told, entry, slots)
    return _drop_snoozes(told, entry.step, entry.at.date())


def _settle(
    state: StepState,
    how: State,
    entry: Sent | Skipped | Heard,
    slots: Mapping[Step, Slot],
    step: Step,
) -> StepState:
    """Give the state after a step is sent, skipped or cancelled; it keeps the window it had."""
    kept = state.kept or slots[step]
    written = getattr(entry, "due", None)
    if state.kept is None and written is not None:
        kept = _kept_at(kept, written, step)
    return state._replace(state=how, settled_at=entry.at, kept=kept)


def _kept_at(computed: Slot, due: datetime, step: Step) -> Slot:
    """Give the window with the due moment that the entry itself recorded."""
    if due == computed.due:
        return computed
    opens = computed.opens
    if step in WAITING:
        opens = min(opens, midnight(due.date(), due.tzinfo), key=utc)
    reason = Reason("kept", "ours", "The journal recorded this date when it happened.")
    return Slot(opens, due, (reason,))


def _thanked(
    state: StepState, entry: Sent, slots: Mapping[Step, Slot], table: Timetable
) -> StepState:
    """Give the thank-you's state after one more was sent: done when each recipient has one."""
    parts = (*state.parts, (entry.at, entry.to))
    more = state._replace(parts=parts)
    recipients = thank_you_recipients(table.interview, table.playbook)
    thanked = {name.casefold() for _, to in parts for name in to}
    done = any(not to for _, to in parts) or all(
        {person.name.casefold(), (person.email or person.name).casefold()} & thanked
        for person in recipients
    )
    if not done:
        return more
    return _settle(more, State.SENT, entry, slots, Step.THANK_YOU)


def _skip_earlier(story: Story, entry: Sent, slots: Mapping[Step, Slot]) -> Story:
    """Sending a check-in or close-out skips every earlier one that is still open."""
    for step in story.before(entry.step):
        state = story.steps[step]
        if step in _CHECK_INS_AND_CLOSE_OUT and state.is_open:
            skipped = Skipped(entry.at, step)
            story = story.with_step(step, _settle(state, State.SKIPPED, skipped, slots, step))
    return story


def _drop_snoozes(story: Story, sent: Step, on: date) -> Story:
    """A sending less than 3 days before the next step's snooze ends, or after it, drops that."""
    for step in story.order():
        state = story.steps[step]
        if not (state.is_open and state.snoozed and step in WAITING):
            continue
        if story.previous(step) is sent and (state.snoozed.date() - on).days < GAP_DAYS:
            story = story.with_step(step, state._replace(snoozed=None))
    return story


def _skipped(story: Story, entry: Skipped, where: str, table: Timetable) -> Story:
    state = story.steps.get(entry.step)
    if state is None:
        return _missing(story, entry.step, where)
    if not state.is_open:
        return _problem(
            story,
            where,
            f"{STEP_WORDS[entry.step]} was already {state.state}; the entry changes nothing",
        )
    slots = table.slots(story)
    return story.with_step(entry.step, _settle(state, State.SKIPPED, entry, slots, entry.step))


def _snoozed(story: Story, entry: Snoozed, where: str) -> Story:
    state = story.steps.get(entry.step)
    if state is None:
        return _missing(story, entry.step, where)
    if utc(entry.until) < utc(entry.at):
        return _problem(
            story,
            f"{where}.until",
            "it lies before the entry's own moment, so the snooze is ignored",
        )
    if not state.is_open:
        return _problem(
            story,
            where,
            f"{STEP_WORDS[entry.step]} is already {state.state}; the snooze is ignored",
        )
    return story.with_step(entry.step, state._replace(snoozed=entry.until))


def _promised(story: Story, on: date, where: str, table: Timetable) -> Story:
    """A promise re-plans the first open check-in; an answer's 14 days and snoozes end."""
    if on < table.interview.end.date():
        return _problem(
            story, where, f"{on.isoformat()} is before the interview, so the promise is ignored"
        )
    if story.final is not None:
        return story
    story = _unsnoozed(story, lambda _: True)
    return story._replace(promise=Promise(on, story.open_check_in()), replied_on=None)


def _unsnoozed(story: Story, ends: Callable[[datetime], bool]) -> Story:
    """Give the story without those snoozes of open check-ins and of an open close-out that end."""
    for step in WAITING:
        state = story.steps[step]
        if state.is_open and state.snoozed and ends(state.snoozed):
            story = story.with_step(step, state._replace(snoozed=None))
    return story


def _replied(story: Story, entry: Heard, where: str, table: Timetable) -> Story:
    """An answer with a date is a promise; one without (or with one ignored) asks for 14 days."""
    if entry.promised is not None:
        told = _promised(story, entry.promised, f"{where}.promised", table)
        if entry.promised >= table.interview.end.date():
            return told
        story = told
    if story.final is not None:
        return story
    earliest = in_days(entry.at, ANSWER_DAYS).date()
    story = _unsnoozed(story, lambda until: until.date() < earliest)
    latest = max(story.replied_on or entry.at.date(), entry.at.date())
    return story._replace(replied_on=latest)


def _final(story: Story, entry: Heard, table: Timetable) -> Story:
    """A final outcome cancels what remains, and may ask for a reply."""
    slots = table.slots(story)
    for step in story.order():
        state = story.steps[step]
        spared = step is Step.THANK_YOU and entry.outcome is Outcome.POSTING_REMOVED
        if state.is_open and not spared:
            told = state._replace(notes=(*state.notes, _cancelled_reason(entry.outcome, step)))
            story = story.with_step(step, _settle(told, State.CANCELLED, entry, slots, step))
    story = story._replace(final=entry.outcome)
    reply = story.steps.get(Step.REPLY)
    if entry.outcome in REPLY_KINDS and (reply is None or reply.state is not State.SENT):
        story = story.with_step(Step.REPLY, StepState())
        story = story._replace(answer=Answer(entry.at, entry.outcome))
    return story


_CANCELLED = {
    Outcome.NEXT_ROUND: ("A1.11", "They want to talk further, so nothing is left to ask"),
    Outcome.OFFER: ("A1.10", "They made an offer, so nothing is left to ask"),
    Outcome.REJECTED: ("A0.8", "They said no, so nothing is left to ask"),
    Outcome.POSTING_REMOVED: ("A1.9", "The posting was taken down, which is a sign to stop"),
    Outcome.WITHDRAWN: ("ours", "You withdrew, so nothing is left to ask"),
    Outcome.CANCELLED: ("ours", "The interview never took place"),
}


def _cancelled_reason(outcome: Outcome, step: Step) -> Reason:
    source, words = _CANCELLED[outcome]
    thanks = step is Step.THANK_YOU and outcome in REPLY_KINDS and outcome is not Outcome.WITHDRAWN
    text = f"{words}; your thanks go into the reply." if thanks else f"{words}."
    return Reason("outcome", source, text)


def _news(story: Story, entry: News, where: str, table: Timetable) -> Story:
    """News makes one early check-in, or goes into a message that is due no later (A0.5)."""
    if story.final is not None:
        return _problem(story, where, "the plan is over, so the news changes nothing")
    if story.early is not None:
        return _problem(
            story, where, "there is one early check-in already, and there is never a second"
        )
    slots = table.slots(story)
    check_in = story.open_check_in()
    first_open = next((s for s in WAITING if story.steps[s].is_open), None)
    early = Early(entry.at, entry.news, first_open)
    due = early_slot(early, table.playbook, table.workdays).due
    host = Step.THANK_YOU if story.steps[Step.THANK_YOU].is_open else None
    if host is None and check_in and utc(slots[check_in].due) <= utc(due):
        host = check_in
    if host is None:
        return story.with_step(Step.EARLY_CHECK_IN, StepState())._replace(early=early)
    state = story.steps[host]
    return story.with_step(host, state._replace(notes=(*state.notes, NEWS_GOES_INTO)))
