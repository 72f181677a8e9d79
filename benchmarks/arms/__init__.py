"""The ways to write one feed, each its own program: ``python -m benchmarks.arms ARM COUNT FILE``.

All plan with the same planner and end with the same events; ``PLANNED`` writes nothing, so that
the cost of writing is what an arm costs more.
"""

OURS, ICALENDAR, ICAL, PLANNED = "afterword", "icalendar", "ical", "planned"

WRITING = (OURS, ICALENDAR, ICAL)
"""Those that write a feed, ours first."""
