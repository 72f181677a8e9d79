"""What commands answer in JSON: the contract's objects, field by field."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from icsgen.model import FollowUp, Interview, Plan, Reason, Status

DONE_WITH = {Status.SENT, Status.SKIPPED, Status.CANCELLED, Status.MISSED}


def follow_up_form(interview: Interview, follow_up: FollowUp, now: datetime) -> dict[str, Any]:
    """Give a follow-up as `plan --json` has it."""
    return {
        "id": interview.id,
        "company": interview.company,
        "role": interview.role,
        "step": follow_up.step.value,
        "opens": moment_form(follow_up.opens),
        "due": moment_form(follow_up.due),
        "closes": moment_form(follow_up.closes),
        "status": follow_up.status(now).value,
        "channel": follow_up.channel.value if follow_up.channel else None,
        "recipients": [person.name for person in follow_up.recipients],
        "reasons": [reason_form(reason) for reason in follow_up.reasons],
    }


def reason_form(reason: Reason) -> dict[str, str]:
    """Give a reason with its rule and source."""
    return {"rule": reason.rule, "source": reason.source, "text": reason.text}


def moment_form(moment: datetime) -> str:
    """Give a moment with seconds and offset, in the zone it is in."""
    return moment.isoformat(timespec="seconds")


def interview_form(
    interview: Interview, made: Plan | None, now: datetime, guessed: Sequence[str] = ()
) -> dict[str, Any]:
    """Give an interview as a file has it, with what comes `next`: a follow-up, or null.

    Where fields were ``guessed`` from an invitation's words, they are named too.
    """
    from icsgen.sources import to_record  # whoever tells of plans alone needs none of it

    following = next_of(made, now) if made else None
    told = follow_up_form(interview, following, now) if following else None
    unsure = {"guessed": list(guessed)} if guessed else {}
    return {**to_record(interview), "next": told, **unsure}


def next_of(made: Plan, now: datetime) -> FollowUp | None:
    """Give the open follow-up that is due first, None where nothing is left to do."""
    left = (f for f in made.follow_ups if f.status(now) not in DONE_WITH)
    return min(left, key=lambda follow_up: follow_up.due.timestamp(), default=None)
