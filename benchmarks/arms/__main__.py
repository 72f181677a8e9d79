"""One arm, run once: the process that is measured."""

import sys
from importlib import import_module
from pathlib import Path

from benchmarks.arms import ICAL, ICALENDAR, OURS, PLANNED

_MODULES = {
    OURS: "benchmarks.arms.ours",
    ICALENDAR: "benchmarks.arms.with_icalendar",
    ICAL: "benchmarks.arms.with_ical",
    PLANNED: "benchmarks.arms.planned",
}


def main() -> None:
    """Write the feed of so many interviews, the way that is asked for."""
    arm, count, file = sys.argv[1:]
    # Only the arm that runs is loaded, or each would pay for the others' libraries.
    import_module(_MODULES[arm]).write(int(count), Path(file))


if __name__ == "__main__":
    main()
