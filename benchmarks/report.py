"""What was measured, as Markdown, and a line for each limit."""

import os
import platform
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import NamedTuple

from benchmarks.arms import ICAL, ICALENDAR, OURS, PLANNED, UNLINTED, WRITING
from benchmarks.corpus import DRAFT_WORDS
from benchmarks.feeds import ARMS, LONG, PROGRAM, TURNS, WAYS, Feeds
from benchmarks.measure import Spread
from benchmarks.startup import COLD, NOTHING, OPENED, SENT, TODAY, VERSION, WARM, Starts

__all__ = ["Limit", "limits_of", "report"]

_LIBRARIES = ("icalendar", "ical", "vobject", "holidays", "tzdata")
_THOUSAND, _FIVE_THOUSAND = 1_000, 5_000
_EARLY, _LATE = (10, _THOUSAND), (_THOUSAND, _FIVE_THOUSAND)
_SHOWN = {
    OURS: "ours, written and linted",
    UNLINTED: "ours, written only",
    ICALENDAR: "`icalendar` objects",
    ICAL: "`ical` models",
    PLANNED: "plans and drafts alone, no feed",
    PROGRAM: "`afterword export --from FILE`, no drafts",
}


class Limit(NamedTuple):
    """Something that must hold, and what was found."""

    what: str
    found: str
    met: bool

    def __str__(self) -> str:
        """Give it as a line."""
        return f"{'met' if self.met else 'NOT met'}: {self.what}: {self.found}"


def limits_of(feeds: Feeds | None, starts: Starts | None) -> list[Limit]:
    """Give a line for each limit that the figures say something about."""
    found: list[Limit] = []
    if feeds:
        found += _feed_limits(feeds)
    if starts:
        for program, most in ((VERSION, 2.5), (COLD, 20.0), (WARM, 6.0), (TODAY, 20.0)):
            times = starts.times_nothing(program)
            found.append(
                Limit(
                    f"`{program}` within {most:g} times `{NOTHING}`",
                    f"{_told(times, 2)} times",
                    times.median <= most,
                )
            )
        over = starts.over_start_up_s(SENT)
        what = f"`{SENT}`, within 50 ms of CPU over `{OPENED}`"
        found.append(Limit(what, f"{over.median * 1e3:.0f} ms", over.median <= 0.05))
    return found


def _feed_limits(feeds: Feeds) -> Iterator[Limit]:
    for step in feeds.steps:
        if step in (_EARLY, _LATE):
            yield _event_limit(feeds, step)
    if _THOUSAND in feeds.sizes:
        times = feeds.times_ours(ICALENDAR, _THOUSAND)
        what = "the whole process at 1,000 interviews at least 3 times less"
        yield Limit(what, f"{_told(times, 2)} times less", times.median >= 3)
    if {_EARLY, _LATE} <= set(feeds.steps):
        yield _linear_limit(feeds)
    if _FIVE_THOUSAND in feeds.sizes:
        for way in (OURS, PROGRAM):
            peak = feeds.peak_octets(way, _FIVE_THOUSAND)
            what = f"peak memory below 100 MB at 5,000 interviews, {_SHOWN[way]}"
            yield Limit(what, f"{peak / 1e6:.1f} MB", peak < 100e6)


def _event_limit(feeds: Feeds, step: tuple[int, int]) -> Limit:
    """Judge by the clock inside the processes, and tell what whole processes say."""
    times = feeds.alone_times_ours(ICALENDAR, step)
    whole = feeds.whole_times_ours(ICALENDAR, step, writing=True)
    what = "writing and linting an added event at least 10 times less CPU than `icalendar` objects"
    found = f"{_told(times, 1)} times less inside the process; by whole ones {_told(whole, 1)}"
    return Limit(f"{what}, {_step(step)}", found, times.median >= 10)


def _linear_limit(feeds: Feeds) -> Limit:
    """Judge by whole processes, either way: dearer by more than that, or cheaper."""
    times = feeds.growth(_EARLY, _LATE, alone=False)
    alone = feeds.growth(_EARLY, _LATE, alone=True)
    found = (
        f"an added event costs {_told(times, 2)} times what it did up to 1,000; writing and "
        f"linting alone, {_told(alone, 2)} times"
    )
    return Limit("1,000 to 5,000 interviews linear within 20 %", found, 0.8 <= times.median <= 1.2)


def report(feeds: Feeds | None, starts: Starts | None, rounds: tuple[int, int]) -> str:
    """Give the whole table; ``rounds`` of the feeds and of the starts."""
    parts = [["# Measured", "", *_ground(rounds)]]
    if feeds:
        parts += [list(_whole(feeds)), list(_alone(feeds)), list(_added(feeds))]
        parts.append(list(_equality(feeds)))
    if starts:
        parts.append(list(_starts(starts)))
    parts.append(["## Limits", "", *(f"- {limit}" for limit in limits_of(feeds, starts))])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _ground(rounds: tuple[int, int]) -> Iterator[str]:
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    yield f"{python}, {machine}; {libraries}."
    yield ""
    yield (
        "By `python -m benchmarks`. Each run is a process of its own, begun from nothing: an empty "
        "home, nothing of Afterword's kept but where a row says so, byte code compiled beforehand "
        f"for all. The programs of a table take turns (rounds of feeds: {rounds[0]}, of starts: "
        f"{rounds[1]}; with fewer than {LONG:,} interviews each has {TURNS} turns in a round, "
        "which counts with their median). What is shown is the median over the rounds, in places "
        "with the least and the most in brackets, and “× …” is the median of the ratios within a "
        "round. CPU is user and system time of the process, memory its peak (MB are 10^6 octets). "
        "Where other work shares the cores, seconds vary more than ratios."
    )


def _whole(feeds: Feeds) -> Iterator[str]:
    yield "## The feed: the whole process"
    yield ""
    size = feeds.sizes[-1]
    yield (
        f"Interviews made up, planned, given drafts of {DRAFT_WORDS} words and written as one feed "
        f"of {feeds.octets[size] / feeds.events[size]:,.0f} octets an event. No draft is dropped "
        "for the feed's size. Ours is linted whole before it is written, as in the program, so its "
        "chunks and the whole of it are in memory at once; where it is written only, it goes to "
        "the file piece by piece. The last row of each size is the program itself: it reads the "
        "interviews from JSON, and its feed has no drafts, so it is not compared."
    )
    yield ""
    yield "| interviews | events | written with | CPU | × ours | peak memory |"
    yield "|--:|--:|---|--:|--:|--:|"
    for size in feeds.sizes:
        for way in WAYS:
            if feeds.has(way, size):
                yield _row(
                    f"{size:,}",
                    f"{feeds.events[size]:,}",
                    _SHOWN[way],
                    f"{feeds.cpu_s(way, size):.2f} s",
                    _times(way, feeds.times_ours(way, size), 2) if way in ARMS else "–",
                    f"{feeds.peak_octets(way, size) / 1e6:.0f} MB",
                )
    for arm, why in feeds.left_out.items():
        yield ""
        yield f"{_SHOWN[arm]}: {why}."


def _alone(feeds: Feeds) -> Iterator[str]:
    yield "## The feed: each added event, inside the process"
    yield ""
    yield (
        "CPU of writing alone, counted by a clock inside the process that stands still while it "
        "plans, drafts and imports: what came in from one size to the next, divided by the events "
        "that did. This has the least noise, and the limit on an added event is judged by it."
    )
    yield ""
    yield "| interviews | written with | writing | × ours |"
    yield "|--:|---|--:|--:|"
    for step in feeds.steps:
        for arm in WRITING:
            if feeds.has(arm, step[1]):
                yield _row(
                    _step(step),
                    _SHOWN[arm],
                    _microseconds(feeds.alone_event_s(arm, step)),
                    _times(arm, feeds.alone_times_ours(arm, step), 2),
                )


def _added(feeds: Feeds) -> Iterator[str]:
    yield "## The feed: each added event, by whole processes"
    yield ""
    yield (
        "The same from outside. “In all” is what a larger process costs more than a smaller one, "
        "divided by the events that came in; “writing” is that less what it is for plans and "
        "drafts alone, which are the same in all arms: a difference of four runs, so a noisy one."
    )
    yield ""
    yield "| interviews | written with | writing | × ours | in all | × ours |"
    yield "|--:|---|--:|--:|--:|--:|"
    for step in feeds.steps:
        for arm in ARMS:
            if feeds.has(arm, step[1]):
                yield _row(_step(step), _SHOWN[arm], *_slopes(feeds, arm, step))


def _slopes(feeds: Feeds, arm: str, step: tuple[int, int]) -> Iterator[str]:
    for writing in (True, False):
        if writing and arm == PLANNED:
            yield from ("–", "–")
        else:
            yield _microseconds(feeds.whole_event_s(arm, step, writing=writing))
            yield _times(arm, feeds.whole_times_ours(arm, step, writing=writing), 1)


def _equality(feeds: Feeds) -> Iterator[str]:
    yield (
        f"Before anything was measured, the feeds of {_listed(feeds.sizes)} interviews were "
        "compared. Ours, linted or not: the same octets. Ours and `icalendar`'s: from the first "
        "event on, the same octets once unfolded, and once its `P0D` is read as the `PT0S` it is. "
        "All of them, read by `vobject`: the same events with the same properties, parameters and "
        "values, and so their alarms (`ical` writes that duration as `P`, and each category on a "
        "line of its own)."
    )


def _starts(starts: Starts) -> Iterator[str]:
    yield "## Start-up"
    yield ""
    yield (
        "In an empty home and an empty folder for what Afterword keeps, but for what a row names: "
        "the tables of days of an earlier start, or those and a store. The demo is a file of eight "
        "interviews; the larger store has the workload's."
    )
    yield ""
    yield f"| program | CPU | × `{NOTHING}` | elapsed |"
    yield "|---|--:|--:|--:|"
    for program in starts.costs:
        yield _row(
            f"`{program}`" if "," not in program else f"`{program.replace(',', '`,', 1)}",
            f"{starts.cpu_s(program) * 1e3:.0f} ms",
            _told(starts.times_nothing(program), 2),
            f"{starts.elapsed_s(program) * 1e3:.0f} ms",
        )


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _step(step: tuple[int, int]) -> str:
    return f"{step[0]:,} to {step[1]:,}"


def _microseconds(seconds: Sequence[float]) -> str:
    return f"{_told(Spread.of(each * 1e6 for each in seconds), 0)} µs"


def _times(arm: str, spread: Spread, digits: int) -> str:
    return "1" if arm == OURS else _told(spread, digits)


def _told(spread: Spread, digits: int) -> str:
    return f"{spread.median:.{digits}f} ({spread.least:.{digits}f}–{spread.most:.{digits}f})"


def _listed(sizes: Sequence[int]) -> str:
    words = [f"{size:,}" for size in sizes]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
