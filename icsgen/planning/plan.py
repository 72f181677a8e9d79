"""The plan: an interview, its journal, a playbook and days in; explained follow-ups out.

A pure function. It knows no clock; a follow-up's status at a moment is ``FollowUp.status``.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from icsgen.journal import Entry, Promised, Step, Undone
from icsgen.model import Channel, FollowUp, Interview, Plan, Problem, Reason, Severity
from icsgen.planning.effect import in_effect
from icsgen.planning.moments import day_words, end_of, in_days, utc
from icsgen.planning.outcomes import REPLY_KINDS
from icsgen.planning.people import channel, recipients
from icsgen.planning.schedule import Timetable
from icsgen.planning.story import CHECK_INS, WAITING, Slot, Story
from icsgen.planning.telling import tell
from icsgen.planning.workdays import Workdays
from icsgen.rules import Playbook

MISSED_DAYS = 14
"""How long after the close-out's due an open step still counts."""


def plan(
    interview: Interview, journal: Sequence[Entry], playbook: Playbook, workdays: Workdays
) -> Plan:
    """Give the interview's follow-ups, in the order of the steps.

    ``journal`` is in file order (``interview.journal``, or one to try out). ``OutOfRange`` if a
    date falls outside the table of days.
    """
    table = Timetable.of(interview, playbook, workdays)
    story = Story()
    for where, entry in _in_effect(interview, journal):
        story = tell(story, entry, where, table)
    slots = table.slots(story)
    follow_ups = tuple(_follow_up(step, story, slots, table) for step in slots)
    moments = [entry.at for entry in journal]
    return Plan(
        interview,
        playbook.name,
        follow_ups,
        (*_undo_problems(journal), *story.problems, *_lateness(story, slots, table)),
        changed_at=max(moments, key=utc, default=interview.start),
        sequence=len(journal),
    )


def _in_effect(interview: Interview, journal: Sequence[Entry]) -> Iterator[tuple[str, Entry]]:
    """Give the entries that count and their places, by ``at``; the promise at the end first."""
    told: list[tuple[str, Entry]] = []
    if interview.promised is not None:
        told.append(("promised", Promised(interview.end, interview.promised)))
    told += [(f"journal[{position}]", entry) for position, entry in in_effect(journal)]
    yield from sorted(told, key=lambda item: utc(item[1].at))


def _undo_problems(journal: Sequence[Entry]) -> Iterator[Problem]:
    for position, entry in enumerate(journal):
        if isinstance(entry, Undone) and not 0 <= entry.entry < position:
            yield Problem(
                f"journal[{position}].entry",
                Severity.WARNING,
                f"{entry.entry} is no earlier entry's position, so nothing is undone",
            )


def _follow_up(step: Step, story: Story, slots: dict[Step, Slot], table: Timetable) -> FollowUp:
    interview, playbook = table.interview, table.playbook
    state, slot = story.steps[step], slots[step]
    rule = playbook.steps.get(step)
    silent = rule is not None and not rule.message
    people = (
        () if silent else recipients(step, interview, playbook, story.steps[Step.FIRST_CHECK_IN])
    )
    by, by_reasons = (None, ()) if silent else channel(step, interview, playbook, people)
    closes, closes_reasons = _closes(step, story, slots, table)
    reasons = (*slot.reasons, *state.notes, *closes_reasons, *_silence(step, table), *by_reasons)
    return FollowUp(
        interview.id,
        step,
        slot.opens,
        slot.due,
        closes,
        state.state,
        by,
        people,
        reasons,
        settled_at=state.settled_at,
        forecast=_is_forecast(step, story),
        missed_from=_missed_from(step, slots),
        silent=silent,
        kind=_kind(step, story, by, silent=silent),
        sent_to=tuple(name for _, to in state.parts for name in to),
    )


def _closes(
    step: Step, story: Story, slots: dict[Step, Slot], table: Timetable
) -> tuple[datetime, tuple[Reason, ...]]:
    if step is not Step.THANK_YOU:
        return table.closes(step, story, slots), ()
    due, window_end = slots[step].due, table.thanks.end_at
    if utc(due) <= utc(window_end):
        return window_end, ()
    late = Reason(
        "thank-you-late",
        "ours",
        f"That is past the thank-you's window, which ended on {day_words(window_end.date())} "
        f"at {window_end:%H:%M}.",
    )
    return end_of(due.date(), due.tzinfo), (late,)


def _lateness(story: Story, slots: dict[Step, Slot], table: Timetable) -> Iterator[Problem]:
    """Warn of a thank-you that a snooze put past its window."""
    due, window_end = slots[Step.THANK_YOU].due, table.thanks.end_at
    if story.steps[Step.THANK_YOU].snoozed and utc(due) > utc(window_end):
        yield Problem(
            "thank_you",
            Severity.WARNING,
            f"it is put off until {due:%Y-%m-%d %H:%M}, past its window, which ended on "
            f"{window_end:%Y-%m-%d %H:%M}",
        )


def _silence(step: Step, table: Timetable) -> tuple[Reason, ...]:
    rule = table.playbook.steps.get(step)
    if rule is None or rule.message:
        return ()
    text = "No message goes out: let it go, and keep applying."
    return (Reason("silent", rule.message_cite.source, text),)


def _is_forecast(step: Step, story: Story) -> bool:
    """Tell whether an earlier check-in is open, so that this one's date may move."""
    if step not in (Step.EARLY_CHECK_IN, *WAITING):
        return False
    earlier = (s for s in story.before(step) if s in (Step.EARLY_CHECK_IN, *CHECK_INS))
    return any(story.steps[s].is_open for s in earlier)


def _missed_from(step: Step, slots: dict[Step, Slot]) -> datetime:
    moment = in_days(slots[Step.CLOSE_OUT].due, MISSED_DAYS)
    if step is Step.THANK_YOU:
        return min(moment, slots[Step.FIRST_CHECK_IN].opens, key=utc)
    return moment


def _kind(step: Step, story: Story, by: Channel | None, *, silent: bool) -> str:
    """Give the kind of draft the rules call for; none for a silent close-out."""
    if silent:
        return ""
    if step is Step.REPLY and story.answer is not None:
        return REPLY_KINDS[story.answer.outcome]
    if step is Step.EARLY_CHECK_IN and story.early is not None:
        return story.early.news.value.replace("-", "_")
    if by is Channel.PHONE:
        return "phone"
    if story.promise is not None and story.promise.target is step:
        return "after_promise"
    return step.value
