"""Afterword: after an interview, the right word at the right time.

The public names stand here, each loaded when it is first asked for: `import icsgen` costs next to
nothing, and whoever wants a plan does not pay for a calendar.
"""

TYPE_CHECKING = False  # as type checkers know it; `typing` would take longer than all of this
if TYPE_CHECKING:
    from icsgen.desk import Desk, Planned
    from icsgen.errors import AfterwordError
    from icsgen.feed.calendar import feed
    from icsgen.feed.lint import Finding, lint
    from icsgen.feed.views import Style, View
    from icsgen.journal import Entry, NewsKind, Outcome, Step
    from icsgen.model import (
        Contact,
        FollowUp,
        Interview,
        Plan,
        Problem,
        Reason,
        Severity,
        Status,
    )
    from icsgen.planning.plan import plan
    from icsgen.planning.workdays import Workdays
    from icsgen.playbooks import load as load_playbook
    from icsgen.rules import Playbook
    from icsgen.sources import Options, Reading, read, to_csv, to_record
    from icsgen.workcalendar import workdays_for
    from icsgen.zones import Zone, zone

__version__ = "0.1.0"

__all__ = [
    "AfterwordError",
    "Contact",
    "Desk",
    "Entry",
    "Finding",
    "FollowUp",
    "Interview",
    "NewsKind",
    "Options",
    "Outcome",
    "Plan",
    "Planned",
    "Playbook",
    "Problem",
    "Reading",
    "Reason",
    "Severity",
    "Status",
    "Step",
    "Style",
    "View",
    "Workdays",
    "Zone",
    "feed",
    "lint",
    "load_playbook",
    "plan",
    "read",
    "to_csv",
    "to_record",
    "workdays_for",
    "zone",
]

_ROOMS = {
    "desk": "Desk Planned",
    "errors": "AfterwordError",
    "feed.lint": "Finding lint",
    "feed.views": "Style View",
    "journal": "Entry NewsKind Outcome Step",
    "model": "Contact FollowUp Interview Plan Problem Reason Severity Status",
    "planning.plan": "plan",
    "planning.workdays": "Workdays",
    "rules": "Playbook",
    "sources": "Options Reading read to_csv to_record",
    "workcalendar": "workdays_for",
    "zones": "Zone zone",
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names.split()}


def __getattr__(name: str) -> object:
    from importlib import import_module  # a version alone needs none of it

    if name == "feed":  # a room that can be called, see there
        return import_module("icsgen.feed")
    if name == "load_playbook":
        return import_module("icsgen.playbooks").load
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"icsgen.{_ROOM_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
