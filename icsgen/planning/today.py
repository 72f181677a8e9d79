"""What a day asks for: plans in; what is due, what is overdue and what comes next out. Pure."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from icsgen.model import FollowUp, Plan, Status
from icsgen.planning.moments import utc

NEXT = 5
"""How many of those that come next are named."""


class Task(NamedTuple):
    """A follow-up and the plan it belongs to."""

    plan: Plan
    follow_up: FollowUp


class Today(NamedTuple):
    """Each list in the order of the due moments."""

    due: tuple[Task, ...]
    overdue: tuple[Task, ...]
    """The latest first: what has waited longest matters least."""
    next: tuple[Task, ...]


def today(plans: Iterable[Plan], now: datetime) -> Today:
    """Give what is to be done at ``now`` (aware), and the next few things after that.

    What is missed, cancelled or done with is in none of the lists (``docs/rules.md``, status).
    """
    found: dict[Status, list[Task]] = {status: [] for status in Status}
    for made in plans:
        for follow_up in made.follow_ups:
            found[follow_up.status(now)].append(Task(made, follow_up))
    coming = [task for task in found[Status.UPCOMING] if not task.follow_up.forecast]
    return Today(
        _ordered(found[Status.DUE]),
        _ordered(found[Status.OVERDUE])[::-1],
        _ordered(coming)[:NEXT],
    )


def _ordered(tasks: Iterable[Task]) -> tuple[Task, ...]:
    return tuple(sorted(tasks, key=lambda task: (utc(task.follow_up.due), task.plan.interview.id)))
