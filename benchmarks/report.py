"""What was measured, as Markdown, and a line for each limit."""

import os
import platform
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import NamedTuple

from benchmarks.arms import ICAL, ICALENDAR, OURS, PLANNED
from benchmarks.corpus import DRAFT_WORDS
from benchmarks.feeds import ARMS, Feeds
from benchmarks.startup import COLD, NOTHING, VERSION, WARM, Starts

__all__ = ["Limit", "limits_of", "report"]

_LIBRARIES = ("icalendar", "ical", "vobject", "holidays", "tzdata")
_FEW, _THOUSAND, _FIVE_THOUSAND = 10, 1_000, 5_000
_SHOWN = {
    OURS: "ours",
    ICALENDAR: "`icalendar` objects",
    ICAL: "`ical` models",
    PLANNED: "plans and drafts alone, no feed",
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
        for program, most in ((VERSION, 2.5), (COLD, 20.0), (WARM, 6.0)):
            times = starts.times_nothing(program)
            found.append(
                Limit(
                    f"`{program}` within {most:g} times `{NOTHING}`",
                    f"{times:.2f} times",
                    times <= most,
                )
            )
    return found


def _feed_limits(feeds: Feeds) -> Iterator[Limit]:
    if {_THOUSAND, _FIVE_THOUSAND} <= set(feeds.sizes):
        times = feeds.event_times_ours(ICALENDAR, (_THOUSAND, _FIVE_THOUSAND), writing=True)
        what = "writing an added event at least 10 times less CPU than with `icalendar` objects"
        yield Limit(what, f"{times:.1f} times less", times >= 10)
    if _THOUSAND in feeds.sizes:
        times = feeds.times_ours(ICALENDAR, _THOUSAND)
        what = "the whole process at 1,000 interviews at least 3 times less"
        yield Limit(what, f"{times:.2f} times less", times >= 3)
    if {_FEW, _THOUSAND, _FIVE_THOUSAND} <= set(feeds.sizes):
        early = feeds.event_s(OURS, (_FEW, _THOUSAND), writing=False)
        late = feeds.event_s(OURS, (_THOUSAND, _FIVE_THOUSAND), writing=False)
        what = "1,000 to 5,000 interviews linear within 20 %"
        found = f"an added event costs {late / early:.2f} times what it did up to 1,000"
        yield Limit(what, found, late / early <= 1.2)  # less is noise, and no harm
    if _FIVE_THOUSAND in feeds.sizes:
        peak = feeds.peak_octets(OURS, _FIVE_THOUSAND)
        what = "peak memory below 100 MB at 5,000 interviews"
        yield Limit(what, f"{peak / 1e6:.1f} MB", peak < 100e6)


def report(feeds: Feeds | None, starts: Starts | None, rounds: tuple[int, int]) -> str:
    """Give the whole table; ``rounds`` of the feeds and of the starts."""
    parts = [["# Measured", "", *_ground(rounds)]]
    if feeds:
        parts += [list(_whole(feeds)), list(_added(feeds)), list(_equality(feeds))]
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
        "By `python -m benchmarks`. Each run is a process of its own, begun from nothing: no table "
        "of days kept, byte code compiled beforehand for all. The programs of a table take turns "
        f"({rounds[0]} rounds of feeds, {rounds[1]} of starts); what is shown is the median, and "
        "for “× …” the median of the ratios within a round. CPU is user and system time of the "
        "process, memory its peak (MB are 10^6 octets). Where other work shares the cores, "
        "seconds vary more than ratios."
    )


def _whole(feeds: Feeds) -> Iterator[str]:
    yield "## The feed: the whole process"
    yield ""
    size = feeds.sizes[-1]
    yield (
        f"Interviews made up, planned, given drafts of {DRAFT_WORDS} words and written as one feed "
        f"of {feeds.octets[size] / feeds.events[size]:,.0f} octets an event. No draft is dropped "
        "for the feed's size, and our linter does not run."
    )
    yield ""
    yield "| interviews | events | written with | CPU | × ours | peak memory |"
    yield "|--:|--:|---|--:|--:|--:|"
    for size in feeds.sizes:
        for arm in ARMS:
            if feeds.has(arm, size):
                yield _row(
                    f"{size:,}",
                    f"{feeds.events[size]:,}",
                    _SHOWN[arm],
                    f"{feeds.cpu_s(arm, size):.2f} s",
                    f"{feeds.times_ours(arm, size):.2f}",
                    f"{feeds.peak_octets(arm, size) / 1e6:.0f} MB",
                )
    for arm, why in feeds.left_out.items():
        yield ""
        yield f"{_SHOWN[arm]}: {why}."


def _added(feeds: Feeds) -> Iterator[str]:
    yield "## The feed: each added event"
    yield ""
    yield (
        "From one size to the next, by the least of all rounds, divided by the events that came "
        "in. “Writing” is what an arm costs more than plans and drafts alone, which are the same "
        "in all; “in all” has them."
    )
    yield ""
    yield "| interviews | written with | writing | × ours | in all | × ours |"
    yield "|--:|---|--:|--:|--:|--:|"
    for sizes in zip(feeds.sizes, feeds.sizes[1:], strict=False):
        for arm in ARMS:
            if feeds.has(arm, sizes[1]):
                yield _row(
                    f"{sizes[0]:,} to {sizes[1]:,}", _SHOWN[arm], *_slopes(feeds, arm, sizes)
                )


def _slopes(feeds: Feeds, arm: str, sizes: tuple[int, int]) -> Iterator[str]:
    for writing in (True, False):
        if writing and arm == PLANNED:
            yield from ("–", "–")
        else:
            yield f"{feeds.event_s(arm, sizes, writing=writing) * 1e6:.0f} µs"
            yield f"{feeds.event_times_ours(arm, sizes, writing=writing):.1f}"


def _equality(feeds: Feeds) -> Iterator[str]:
    yield (
        f"Before anything was measured, the feeds of {_listed(feeds.sizes)} interviews were "
        "compared. Ours and `icalendar`'s: from the first event on, the same octets once unfolded, "
        "and once its `P0D` is read as the `PT0S` it is. All of them, read by `vobject`: the same "
        "events with the same properties, parameters and values, and so their alarms (`ical` "
        "writes that duration as `P`, and each category on a line of its own)."
    )


def _starts(starts: Starts) -> Iterator[str]:
    yield "## Start-up"
    yield ""
    yield f"| program | CPU | × `{NOTHING}` | elapsed |"
    yield "|---|--:|--:|--:|"
    for program in starts.costs:
        yield _row(
            f"`{program}`" if "," not in program else f"`{program.replace(',', '`,', 1)}",
            f"{starts.cpu_s(program) * 1e3:.0f} ms",
            f"{starts.times_nothing(program):.2f}",
            f"{starts.elapsed_s(program) * 1e3:.0f} ms",
        )


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _listed(sizes: Sequence[int]) -> str:
    words = [f"{size:,}" for size in sizes]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
