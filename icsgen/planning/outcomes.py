"""Steps that the journal brings about: the reply to a final outcome, the early check-in (A0.5)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from icsgen.errors import OutOfRange
from icsgen.journal import NewsKind, Outcome
from icsgen.model import Reason
from icsgen.planning.moments import day_words, elapsed, slot, utc
from icsgen.planning.story import Answer, Early, Slot
from icsgen.planning.thanks import REST_HOURS
from icsgen.planning.workdays import SEARCH_DAYS, Workdays
from icsgen.rules import Playbook

OFFER_HOURS = 24
"""An offer is answered within a day, weekend or not (A1.10)."""

REPLY_KINDS = {
    Outcome.OFFER: "offer_reply",
    Outcome.NEXT_ROUND: "next_round_reply",
    Outcome.REJECTED: "feedback_request",
    Outcome.WITHDRAWN: "withdrawal",
}
"""The outcomes that are answered, and the kind of draft each calls for."""

_REPLY_REASONS = {
    Outcome.OFFER: (
        "A1.10",
        "They made you an offer: answer promptly, thank them, confirm, and ask about the start.",
    ),
    Outcome.NEXT_ROUND: (
        "A1.11",
        "They want to talk further: reply soon and prepare.",
    ),
    Outcome.REJECTED: (
        "A0.8",
        "They said no: thank them and ask for feedback, which they need not give.",
    ),
    Outcome.WITHDRAWN: (
        "ours",
        "You withdrew: a short, courteous word lets them plan; it is up to you.",
    ),
}
_EARLY_REASONS = {
    NewsKind.NEW_INFORMATION: (
        "A0.5",
        "You have something new and relevant: a good reason to write before the wait is over.",
    ),
    NewsKind.COMPETING_OFFER: (
        "A0.5",
        "You have another offer; say so early, without pressure, and that you remain open to them.",
    ),
}
NEWS_GOES_INTO = Reason(
    "news", "A0.5", "Your news goes into this message, which is due first in any case."
)


def reply_slot(answer: Answer, playbook: Playbook, workdays: Workdays) -> Slot:
    """Give the window of the reply to a final outcome (``docs/rules.md``, Final outcomes)."""
    limit = elapsed(answer.at, OFFER_HOURS) if answer.outcome is Outcome.OFFER else None
    due = _next_slot(answer.at, playbook, workdays, limit)
    source, text = _REPLY_REASONS[answer.outcome]
    reasons = [Reason("reply", source, text), _slot_reason(due)]
    if limit is not None and not workdays.is_workday(due.date()):
        reasons[1] = Reason(
            "reply-offer",
            "A1.10",
            f"An offer is answered within {OFFER_HOURS} hours, so "
            f"{day_words(due.date())} at {due:%H:%M} counts though it is a day off.",
        )
    return Slot(answer.at, due, tuple(reasons))


def early_slot(early: Early, playbook: Playbook, workdays: Workdays) -> Slot:
    """Give the window of an early check-in that tells news (A0.5)."""
    due = _next_slot(early.at, playbook, workdays, None)
    source, text = _EARLY_REASONS[early.news]
    return Slot(early.at, due, (Reason("news", source, text), _slot_reason(due)))


def _slot_reason(due: datetime) -> Reason:
    return Reason(
        "slot",
        "ours",
        f"{day_words(due.date())} at {due:%H:%M} is the first good hour of a workday after you "
        "heard of it.",
    )


def _next_slot(
    at: datetime, playbook: Playbook, workdays: Workdays, limit: datetime | None
) -> datetime:
    """Give the first slot on a workday an hour after ``at``; any day if that passes ``limit``."""
    if limit is not None:
        days = (limit.date() - at.date()).days + 1
        within = [m for m in _slots(at, playbook, days) if utc(m) <= utc(limit)]
        return next(
            (m for m in within if workdays.is_workday(m.date())), _earliest([*within, limit])
        )
    for moment in _slots(at, playbook, SEARCH_DAYS):
        if workdays.is_workday(moment.date()):
            return moment
    raise OutOfRange(
        f"no workday within three years of {at.date().isoformat()}",
        where="closed",
        remedy="look at the closed days and the weekend",
    )


def _earliest(moments: list[datetime]) -> datetime:
    return min(moments, key=utc)


def _slots(at: datetime, playbook: Playbook, days: int) -> Iterator[datetime]:
    """Give the mornings and afternoons of so many days that are at least an hour after ``at``."""
    soonest = utc(elapsed(at, REST_HOURS))
    for n in range(days):
        for time in (playbook.morning, playbook.afternoon):
            moment = slot(at.date() + timedelta(days=n), time, at.tzinfo)
            if utc(moment) >= soonest:
                yield moment
