"""A calendar that has passed our own check."""

from collections.abc import Iterable
from datetime import datetime

from icsgen.errors import FeedError
from icsgen.feed.calendar import feed_pieces
from icsgen.feed.lint import lint
from icsgen.feed.views import Style, View
from icsgen.model import Plan, Problem, Severity


def checked_pieces(
    plans: Iterable[Plan], as_of: datetime, view: View, style: Style, token: str
) -> tuple[tuple[bytes, ...], tuple[Problem, ...]]:
    """Give the plans' calendar in pieces, and what our own check of it remarks on.

    Raises FeedError for one that breaks the contract: it must not leave.
    """
    octets = feed_pieces(plans, as_of, view=view, style=style, token=token)
    findings = lint(octets)
    worst = next((each for each in findings if each.severity is Severity.REFUSED), None)
    if worst is not None:
        raise FeedError(
            f"it breaks the rules of calendars ({worst.message})",
            where=f"the calendar, line {worst.line}",
            remedy="this is a fault of ours: please report it with that line",
        )
    where = "the calendar"
    return octets, tuple(Problem(where, f.severity, f.message) for f in findings)
