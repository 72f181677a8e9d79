"""The feed's arms in turn, A B C A B C, and what comes out: whole processes and added events."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.arms import ICAL, ICALENDAR, OURS, PLANNED, WRITING
from benchmarks.measure import Cost, Ground, RunFailed

__all__ = ["ARMS", "Feeds", "measure_feeds"]

ARMS = (*WRITING, PLANNED)

_ROOT = Path(__file__).parents[1]

Costs = Mapping[tuple[str, int], Sequence[Cost]]


@dataclass(frozen=True)
class Feeds:
    """The costs of every arm by arm and count of interviews, one a round."""

    sizes: tuple[int, ...]
    events: Mapping[int, int]
    """By count of interviews."""
    octets: Mapping[int, int]
    """Our feed's, by count of interviews."""
    costs: Costs
    left_out: Mapping[str, str]
    """Arms that were not run to the end, and why."""

    def has(self, arm: str, size: int) -> bool:
        """Tell whether the arm ran with so many interviews."""
        return bool(self.costs.get((arm, size)))

    def cpu_s(self, arm: str, size: int) -> float:
        """Give the median of the whole process."""
        return median(cost.cpu_s for cost in self.costs[arm, size])

    def peak_octets(self, arm: str, size: int) -> float:
        """Give the median of the peak memory."""
        return median(cost.peak_octets for cost in self.costs[arm, size])

    def times_ours(self, arm: str, size: int) -> float:
        """Give how many times our CPU the arm takes, the median over the pairs of a round."""
        pairs = zip(self.costs[arm, size], self.costs[OURS, size], strict=False)
        return median(theirs.cpu_s / ours.cpu_s for theirs, ours in pairs)

    def event_s(self, arm: str, sizes: tuple[int, int], *, writing: bool) -> float:
        """Give the CPU of one added event; ``writing``: without plans and drafts.

        From the least of the rounds: this is a difference of differences, other work on the machine
        only ever adds to a run, and what it adds would be larger than what is looked for.
        """
        few, many = (self._least_s(arm, size) for size in sizes)
        if writing:
            few -= self._least_s(PLANNED, sizes[0])
            many -= self._least_s(PLANNED, sizes[1])
        return (many - few) / (self.events[sizes[1]] - self.events[sizes[0]])

    def event_times_ours(self, arm: str, sizes: tuple[int, int], *, writing: bool) -> float:
        """Give how many times our CPU the arm takes for an added event."""
        return self.event_s(arm, sizes, writing=writing) / self.event_s(
            OURS, sizes, writing=writing
        )

    def _least_s(self, arm: str, size: int) -> float:
        return min(cost.cpu_s for cost in self.costs[arm, size])


def measure_feeds(ground: Ground, sizes: tuple[int, ...], rounds: int, timeout_s: float) -> Feeds:
    """Measure every arm with every size, all of them once a round.

    Raises RunFailed where an arm fails, or where two arms wrote different feeds. ``ical`` alone may
    be left out where one run takes longer than ``timeout_s``.
    """
    for arm in ARMS:
        ground.compile(*_command(arm, sizes[0], ground.folder / "warm.ics"))
    counted = {size: _compared(ground, size, timeout_s) for size in sizes}
    costs: dict[tuple[str, int], list[Cost]] = {(arm, size): [] for arm in ARMS for size in sizes}
    left_out: dict[str, str] = {}
    for number in range(rounds):
        for size in sizes:
            _say(f"round {number + 1} of {rounds}, {size} interviews")
            for arm in ARMS:
                if arm in left_out:
                    continue
                try:
                    cost = ground.run(*_command(arm, size, _file(ground, arm)), timeout_s=timeout_s)
                    costs[arm, size].append(cost)
                except RunFailed:
                    if arm != ICAL:
                        raise
                    left_out[arm] = f"not measured with {size} interviews within {timeout_s:.0f} s"
    return Feeds(
        sizes,
        {size: events for size, (events, _) in counted.items()},
        {size: octets for size, (_, octets) in counted.items()},
        costs,
        left_out,
    )


def _command(arm: str, size: int, file: Path) -> tuple[str, ...]:
    return sys.executable, "-m", "benchmarks.arms", arm, str(size), str(file)


def _file(ground: Ground, arm: str) -> Path:
    return ground.folder / f"{arm}.ics"


def _compared(ground: Ground, size: int, timeout_s: float) -> tuple[int, int]:
    """Give how many events and octets a feed has, once all arms are seen to write the same."""
    _say(f"comparing the feeds of {size} interviews")
    files = []
    for arm in (OURS, ICALENDAR, ICAL):
        try:
            ground.run(*_command(arm, size, _file(ground, arm)), timeout_s=timeout_s)
            files.append(str(_file(ground, arm)))
        except RunFailed:
            if arm != ICAL:
                raise
    # In a process of its own: it takes much memory, and ours counts to that of all we start.
    command = [sys.executable, "-m", "benchmarks.equal", *files]
    done = subprocess.run(command, capture_output=True, text=True, cwd=_ROOT, check=False)
    if done.returncode:
        raise RunFailed(f"the feeds of {size} interviews differ:\n{done.stderr}")
    events, octets = map(int, done.stdout.split())
    return events, octets


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
