"""One arm, run once: the process that is measured.

Beside the feed it leaves a file ``.cpu`` with the seconds that its clock counted.
"""

import sys
from importlib import import_module
from pathlib import Path

from benchmarks.arms import ICAL, ICALENDAR, OURS, PLANNED, UNLINTED, Clock

_MODULES = {
    OURS: "benchmarks.arms.ours",
    UNLINTED: "benchmarks.arms.unlinted",
    ICALENDAR: "benchmarks.arms.with_icalendar",
    ICAL: "benchmarks.arms.with_ical",
    PLANNED: "benchmarks.arms.planned",
}


def main() -> None:
    """Write the feed of so many interviews, the way that is asked for."""
    arm, count, file = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    clock = Clock()
    # Only the arm that runs is loaded, or each would pay for the others' libraries.
    import_module(_MODULES[arm]).write(count, file, clock)
    file.with_suffix(".cpu").write_text(repr(clock.spent_s), "ascii")


if __name__ == "__main__":
    main()
