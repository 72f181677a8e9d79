"""What the program refuses to write into a journal, each with its own error. Pure.

A file may say anything, and the plan makes the best of it with a warning. What a person tells the
program now is checked before it is written, because they can still mend it.
"""

from datetime import datetime

from icsgen.errors import (
    AfterwordError,
    AlreadySettled,
    BeforeInterview,
    EntryRefused,
    InTheFuture,
    NewsTwice,
    NothingToUndo,
    OutcomeMisplaced,
    PlanIsOver,
    PromisedTooEarly,
    SnoozedIntoPast,
    UnknownPerson,
    UnknownStep,
    UsageError,
)
from icsgen.journal import (
    Entry,
    Heard,
    News,
    Outcome,
    Promised,
    Sent,
    Skipped,
    Snoozed,
    Step,
    Undone,
)
from icsgen.model import Contact, FollowUp, Interview, Plan, State
from icsgen.planning.effect import final_outcome, in_effect, undone, up_to
from icsgen.planning.moments import day_words, joined, utc
from icsgen.planning.schedule import STEP_WORDS


def check(entry: Entry, then: Plan, today: Plan, now: datetime) -> None:
    """Raise what speaks against writing ``entry``; nothing if nothing does.

    ``then`` is the plan by what had happened up to the entry's ``at``, ``today`` by all that is
    written; mostly they are one. ``now`` is aware. Raises UnknownStep, or one of EntryRefused.
    """
    if utc(entry.at) > utc(now):
        raise InTheFuture(
            f"{_when(entry.at)} has not come yet",
            where=_whose(today),
            remedy="write it down when it has happened, or give --at an earlier moment",
        )
    match entry:
        case Sent() | Skipped():
            if isinstance(entry, Sent):
                _check_started(today, entry.at, "no message about it can have gone out")
            _check_open(entry, then)
            _check_open(entry, today)
        case Snoozed():
            _check_open(entry, then)
            _check_open(entry, today)
            _check_until(entry, today, now)
        case Promised(on=on):
            _check_going_on(then, entry.at, "a promise changes nothing any more")
            _check_promise(then, on)
        case Heard():
            _check_heard(entry, then, today)
        case News():
            _check_going_on(then, entry.at, "news changes nothing any more")
            _check_news(today)
        case Undone():
            _check_undone(entry, today)


def named(interview: Interview, follow_up: FollowUp, names: tuple[str, ...]) -> tuple[str, ...]:
    """Give names as the contacts have them, found by name, address or a part of the name.

    Raises UnknownPerson; and AlreadySettled for who was thanked before.
    """
    people = [_person(interview, name) for name in names]
    left = follow_up.unthanked
    for person in people:
        if person in follow_up.recipients and person not in left:
            at = _thanked_at(interview, person)
            raise AlreadySettled(
                f"{person.name} was thanked" + (f" on {_when(at)}" if at else " before"),
                where=_place(interview),
                remedy=f"still to thank: {joined([each.name for each in left])}" if left else "",
            )
    return tuple(dict.fromkeys(person.name for person in people))


def settled_error(follow_up: FollowUp, plan: Plan) -> AfterwordError:
    """Give the error for a step that is no longer open, which says since when."""
    name = STEP_WORDS[follow_up.step]
    since = f" on {_when(follow_up.settled_at)}" if follow_up.settled_at else ""
    if follow_up.state is State.CANCELLED:
        final = final_outcome(plan.interview.journal)
        told = f" with “{final.outcome.value}”" if final else ""
        return PlanIsOver(
            f"{name} was cancelled{since}, when the plan ended{told}",
            where=_whose(plan),
            remedy=_UNDO,
        )
    return AlreadySettled(
        f"{name} was {follow_up.state.value}{since} already", where=_whose(plan), remedy=_UNDO
    )


_FOLLOW_IT = {Outcome.REPLIED, Outcome.NEXT_ROUND, Outcome.OFFER, Outcome.REJECTED}
"""What is only heard of an interview that has begun; the others may come before it."""
_UNDO = "afterword undo takes an entry back that was a mistake"


def _step(step: Step, plan: Plan) -> FollowUp:
    for follow_up in plan.follow_ups:
        if follow_up.step is step:
            return follow_up
    known = ", ".join(follow_up.step.value for follow_up in plan.follow_ups)
    raise UnknownStep(
        f"there is no {step.value} in this plan", where=_whose(plan), remedy=f"it has {known}"
    )


def _check_open(entry: Sent | Skipped | Snoozed, plan: Plan) -> None:
    """Raise if the step is settled, unless that came by itself and only after the entry's moment.

    What was let go may still be sent: people change their minds.
    """
    follow_up = _step(entry.step, plan)
    if follow_up.state is State.OPEN:
        return
    if follow_up.state is State.SKIPPED and isinstance(entry, Sent):
        return
    later = follow_up.settled_at is not None and utc(entry.at) < utc(follow_up.settled_at)
    if follow_up.state is State.SENT or not later:
        raise settled_error(follow_up, plan)


def _check_until(entry: Snoozed, plan: Plan, now: datetime) -> None:
    latest = max(entry.at, now, key=utc)
    if utc(entry.until) <= utc(latest):
        raise SnoozedIntoPast(
            f"{_when(entry.until)} has passed",
            where=_whose(plan),
            remedy="give a moment to come, like “tomorrow 9:30”",
        )


def _check_going_on(plan: Plan, at: datetime, what: str) -> None:
    final = final_outcome(up_to(plan.interview.journal, at))
    if final is not None:
        raise PlanIsOver(
            f"the plan ended on {_when(final.at)} with “{final.outcome.value}”, so {what}",
            where=_whose(plan),
            remedy=_UNDO,
        )


def _check_started(plan: Plan, at: datetime, what: str) -> None:
    start = plan.interview.start
    if utc(at) < utc(start):
        raise BeforeInterview(
            f"the interview began only on {_when(start)}, so before that {what}",
            where=_whose(plan),
            remedy="check --at, or correct the interview with afterword edit",
        )


def _check_final(entry: Heard, plan: Plan) -> None:
    """Raise if the outcome ended the plan before, or if a later one is written already."""
    final = final_outcome(plan.interview.journal)
    if final is None:
        return
    told = f"“{final.outcome.value}” of {_when(final.at)} is written down already"
    if final.outcome is entry.outcome:
        raise OutcomeMisplaced(told, where=_whose(plan), remedy=_UNDO)
    if utc(entry.at) < utc(final.at):
        raise OutcomeMisplaced(
            f"{told}, and “{entry.outcome.value}” would come before it",
            where=_whose(plan),
            remedy=f"give --at a later moment; {_UNDO}",
        )


def _check_promise(plan: Plan, on: object) -> None:
    ended = plan.interview.end.date()
    if isinstance(on, type(ended)) and on < ended:
        raise PromisedTooEarly(
            f"{day_words(on)} {on.year} is before the interview of {day_words(ended)} {ended.year}",
            where=_whose(plan),
            remedy="check the year, and give the day by which they will answer",
        )


def _check_heard(entry: Heard, plan: Plan, today: Plan) -> None:
    if entry.promised is not None and entry.outcome is not Outcome.REPLIED:
        raise UsageError(
            f"a promised date goes with “replied”, not with “{entry.outcome.value}”",
            remedy="leave --promised out",
        )
    if entry.outcome in _FOLLOW_IT:
        _check_started(today, entry.at, f"“{entry.outcome.value}” cannot have been heard")
    if entry.outcome.final:
        _check_final(entry, today)
    else:
        _check_going_on(plan, entry.at, "an answer changes nothing any more")
        _check_promise(plan, entry.promised)


def _check_news(plan: Plan) -> None:
    if any(follow_up.step is Step.EARLY_CHECK_IN for follow_up in plan.follow_ups):
        raise NewsTwice(
            "there is an early check-in already, and there is never a second",
            where=_whose(plan),
            remedy="let your news go into the next message",
        )


def _check_undone(entry: Undone, plan: Plan) -> None:
    journal = plan.interview.journal
    if not 0 <= entry.entry < len(journal) or entry.entry in undone(journal):
        raise nothing_to_undo(_whose(plan))


def nothing_to_undo(where: str = "") -> EntryRefused:
    """Give the error for an undoing that has nothing to take back."""
    return NothingToUndo(
        "there is nothing to undo", where=where, remedy="afterword show lists what happened"
    )


def _person(interview: Interview, name: str) -> Contact:
    """Give the contact of that name or address, or the only one with that word in their name."""
    wanted = name.strip().casefold()
    people = interview.contacts
    whole = [p for p in people if wanted in {p.name.casefold(), (p.email or "").casefold()}]
    in_part = [p for p in people if wanted in p.name.casefold().split()]
    for found in (whole, in_part):
        if len(found) == 1:
            return found[0]
    known = joined([person.name for person in people]) if people else "nobody yet"
    what = "may be several people" if whole or in_part else "is none of the contacts"
    raise UnknownPerson(
        f"“{name[:60]}” {what}", where=_place(interview), remedy=f"the contacts are {known}"
    )


def _thanked_at(interview: Interview, person: Contact) -> datetime | None:
    keys = {person.name.casefold(), (person.email or person.name).casefold()}
    for _, entry in in_effect(interview.journal):
        is_thanks = isinstance(entry, Sent) and entry.step is Step.THANK_YOU
        if is_thanks and keys & {name.casefold() for name in getattr(entry, "to", ())}:
            return entry.at
    return None


def _whose(plan: Plan) -> str:
    return _place(plan.interview)


def _place(interview: Interview) -> str:
    return f"{interview.company}, {interview.role}"


def _when(at: datetime) -> str:
    return f"{day_words(at.date())} {at.year} at {at:%H:%M}"
