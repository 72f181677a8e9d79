"""The feed's arms in turn, A B C A B C, and what comes out: whole processes and added events."""

import filecmp
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.arms import ICAL, ICALENDAR, OURS, PLANNED, UNLINTED, WRITING
from benchmarks.corpus import AS_OF
from benchmarks.measure import Cost, Ground, RunFailed, Spread, console_script

__all__ = ["ARMS", "LONG", "PROGRAM", "TURNS", "WAYS", "Feeds", "measure_feeds"]

ARMS = (*WRITING, PLANNED)
PROGRAM = "program"
"""``afterword export``, which is no arm: it writes another feed."""
WAYS = (*ARMS, PROGRAM)

TURNS, LONG = 3, 5_000
"""Of each round with fewer interviews than so many every way has more than one turn, and the round
counts with the median: what other work adds to a run weighs more the shorter it is."""

_ROOT = Path(__file__).parents[1]

Step = tuple[int, int]
"""From one count of interviews to the next."""


@dataclass(frozen=True)
class Feeds:
    """The costs of every way by its name and the count of interviews, one a round.

    A figure of an added event is taken within a round, from two runs of it, and a ratio within a
    round too; what is given of all rounds is their median, with the least and the most.
    """

    sizes: tuple[int, ...]
    events: Mapping[int, int]
    """By count of interviews."""
    octets: Mapping[int, int]
    """Our feed's, by count of interviews."""
    costs: Mapping[tuple[str, int], Sequence[Cost]]
    """Of whole processes."""
    alone_s: Mapping[tuple[str, int], Sequence[float]]
    """CPU of writing alone (of ours: and linting), counted inside the processes of the arms."""
    left_out: Mapping[str, str]
    """Arms that were not run to the end, and why."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """From each size to the next."""
        return tuple(zip(self.sizes, self.sizes[1:], strict=False))

    def has(self, way: str, size: int) -> bool:
        """Tell whether it ran with so many interviews."""
        return bool(self.costs.get((way, size)))

    def cpu_s(self, way: str, size: int) -> float:
        """Give the median of the whole process."""
        return median(cost.cpu_s for cost in self.costs[way, size])

    def peak_octets(self, way: str, size: int) -> float:
        """Give the median of the peak memory."""
        return median(cost.peak_octets for cost in self.costs[way, size])

    def times_ours(self, arm: str, size: int) -> Spread:
        """Give how many times our CPU the arm's whole process takes."""
        return _ratio(self._whole_s(arm, size), self._whole_s(OURS, size))

    def alone_event_s(self, arm: str, step: Step) -> list[float]:
        """Give the CPU that writing takes for an added event, as counted inside the process."""
        return self._added(step, *(self.alone_s[arm, size] for size in step))

    def whole_event_s(self, arm: str, step: Step, *, writing: bool) -> list[float]:
        """Give the CPU of whole processes for an added event; ``writing``: less plans and drafts'.

        That is a difference of four runs, so it has the noise of four.
        """
        found = self._added(step, *(self._whole_s(arm, size) for size in step))
        if not writing:
            return found
        common = self.whole_event_s(PLANNED, step, writing=False)
        return [all_of_it - its for all_of_it, its in zip(found, common, strict=False)]

    def alone_times_ours(self, arm: str, step: Step) -> Spread:
        """Give how many times our CPU writing an added event takes, inside the process."""
        return _ratio(self.alone_event_s(arm, step), self.alone_event_s(OURS, step))

    def whole_times_ours(self, arm: str, step: Step, *, writing: bool) -> Spread:
        """Give how many times our CPU an added event takes, by whole processes."""
        theirs, ours = (self.whole_event_s(each, step, writing=writing) for each in (arm, OURS))
        return _ratio(theirs, ours)

    def growth(self, early: Step, late: Step, *, alone: bool) -> Spread:
        """Give how many times what an added event of ours cost in one step it costs in another."""
        if alone:
            return _ratio(self.alone_event_s(OURS, late), self.alone_event_s(OURS, early))
        now, then = (self.whole_event_s(OURS, step, writing=False) for step in (late, early))
        return _ratio(now, then)

    def _whole_s(self, arm: str, size: int) -> list[float]:
        return [cost.cpu_s for cost in self.costs[arm, size]]

    def _added(self, step: Step, few: Sequence[float], many: Sequence[float]) -> list[float]:
        added = self.events[step[1]] - self.events[step[0]]
        return [(more - less) / added for less, more in zip(few, many, strict=False)]


def _ratio(theirs: Sequence[float], ours: Sequence[float]) -> Spread:
    return Spread.of(one / other for one, other in zip(theirs, ours, strict=False))


def measure_feeds(ground: Ground, sizes: tuple[int, ...], rounds: int, timeout_s: float) -> Feeds:
    """Measure every way with every size, all of them once a round.

    Raises RunFailed where one fails, or where two arms wrote different feeds. ``ical`` alone may be
    left out where one run takes longer than ``timeout_s``.
    """
    counted = {size: _compared(ground, size, timeout_s) for size in sizes}
    costs: dict[tuple[str, int], list[Cost]] = {(way, size): [] for way in WAYS for size in sizes}
    alone_s: dict[tuple[str, int], list[float]] = {key: [] for key in costs}
    left_out: dict[str, str] = {}
    for number in range(rounds):
        for size in sizes:
            _say(f"round {number + 1} of {rounds}, {size} interviews")
            for way, runs in _round(ground, size, timeout_s, left_out).items():
                costs[way, size].append(Cost.middle([cost for cost, _ in runs]))
                alone_s[way, size].append(median(seconds for _, seconds in runs))
    return Feeds(
        sizes,
        {size: events for size, (events, _) in counted.items()},
        {size: octets for size, (_, octets) in counted.items()},
        costs,
        alone_s,
        left_out,
    )


def _round(
    ground: Ground, size: int, timeout_s: float, left_out: dict[str, str]
) -> dict[str, list[tuple[Cost, float]]]:
    """Give each way's runs and what its clock counted; one that takes too long is ``left_out``."""
    runs: dict[str, list[tuple[Cost, float]]] = {way: [] for way in WAYS if way not in left_out}
    for _ in range(TURNS if size < LONG else 1):
        for way in [way for way in WAYS if way in runs]:
            try:
                cost = _run(ground, way, size, timeout_s)
                runs[way].append((cost, _clocked_s(ground, way)))
            except RunFailed:
                if way != ICAL:
                    raise
                left_out[way] = f"not measured with {size} interviews within {timeout_s:.0f} s"
                del runs[way]
    return runs


def _run(ground: Ground, way: str, size: int, timeout_s: float) -> Cost:
    """Run it with no table of days kept."""
    data = ground.fresh("empty") if way == PROGRAM else None
    return ground.run(*_command(ground, way, size), data=data, timeout_s=timeout_s)


def _clocked_s(ground: Ground, way: str) -> float:
    """Give what the clock of the arm that ran last counted."""
    return float(_file(ground, way).with_suffix(".cpu").read_text("ascii")) if way in ARMS else 0.0


def _command(ground: Ground, way: str, size: int) -> tuple[str, ...]:
    if way == PROGRAM:
        named = ("--from", str(_source(ground, size)), "-o", str(_file(ground, way)))
        return str(console_script()), "export", *named, "--now", AS_OF.isoformat()
    return sys.executable, "-m", "benchmarks.arms", way, str(size), str(_file(ground, way))


def _file(ground: Ground, way: str) -> Path:
    return ground.folder / f"{way}.ics"


def _source(ground: Ground, size: int) -> Path:
    return ground.folder / f"interviews-{size}.json"


def _compared(ground: Ground, size: int, timeout_s: float) -> tuple[int, int]:
    """Give how many events and octets a feed has, once all arms are seen to write the same.

    Each way runs here once without being counted, and so has its byte code.
    """
    _say(f"comparing the feeds of {size} interviews")
    source = str(_source(ground, size))
    ground.compile(sys.executable, "-m", "benchmarks.interviews", str(size), source)
    files = []
    for way in WAYS:
        data = ground.fresh("compiling")
        try:
            ground.compile(*_command(ground, way, size), data=data, timeout_s=timeout_s)
            files.append(_file(ground, way))
        except RunFailed:
            if way != ICAL:
                raise
    if not filecmp.cmp(_file(ground, OURS), _file(ground, UNLINTED), shallow=False):
        raise RunFailed(f"our feed of {size} interviews is another where it is not linted")
    return _counted(size, [file for file in files if file.stem in (OURS, ICALENDAR, ICAL)])


def _counted(size: int, files: Sequence[Path]) -> tuple[int, int]:
    # In a process of its own: it takes much memory, and ours counts to that of all we start.
    command = [sys.executable, "-m", "benchmarks.equal", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=_ROOT, check=False)
    if done.returncode:
        raise RunFailed(f"the feeds of {size} interviews differ:\n{done.stderr}")
    events, octets = map(int, done.stdout.split())
    return events, octets


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
