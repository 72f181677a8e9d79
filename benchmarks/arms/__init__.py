"""The ways to write one feed, each its own program: ``python -m benchmarks.arms ARM COUNT FILE``.

All plan with the same planner and end with the same events; ``PLANNED`` writes nothing, so that
the cost of writing is what an arm costs more. ``Clock`` has that cost from inside an arm as well.
"""

import time
from types import TracebackType

OURS, UNLINTED, PLANNED = "afterword", "unlinted", "planned"
ICALENDAR, ICAL = "icalendar", "ical"

WRITING = (OURS, UNLINTED, ICALENDAR, ICAL)
"""Those that write a feed, first ours as it leaves the program."""


class Clock:
    """The CPU time, user and system, of what this process does within it, added up.

    It is entered once an interview, which takes about a microsecond.
    """

    def __init__(self) -> None:
        self.spent_s = 0.0
        self._began_s = 0.0

    def __enter__(self) -> None:
        self._began_s = time.process_time()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.spent_s += time.process_time() - self._began_s
