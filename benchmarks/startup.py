"""How long the program takes to begin: against Python that does nothing, run in turn with it."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.measure import Cost, Ground, RunFailed

__all__ = ["COLD", "NOTHING", "VERSION", "WARM", "Starts", "measure_starts"]

NOTHING = "python -c pass"
VERSION = "afterword --version"
COLD = "afterword plan --from demo.json, no table of days kept"
WARM = "afterword plan --from demo.json, tables of days kept"

_NOW = "2026-11-18T09:00:00+00:00"
"""For the demo, which is made relative to a moment: so its interviews are always the same."""


@dataclass(frozen=True)
class Starts:
    """The costs of every program, one a round."""

    costs: Mapping[str, Sequence[Cost]]

    def cpu_s(self, program: str) -> float:
        """Give the median of the CPU time."""
        return median(cost.cpu_s for cost in self.costs[program])

    def elapsed_s(self, program: str) -> float:
        """Give the median of the elapsed time."""
        return median(cost.elapsed_s for cost in self.costs[program])

    def times_nothing(self, program: str) -> float:
        """Give how many times the CPU of ``python -c pass`` it takes, the median over pairs."""
        pairs = zip(self.costs[program], self.costs[NOTHING], strict=True)
        return median(its.cpu_s / nothing.cpu_s for its, nothing in pairs)


def measure_starts(ground: Ground, rounds: int) -> Starts:
    """Measure all four in turn, so often. Raises RunFailed where one fails."""
    program = str(_program())
    demo, kept = str(ground.folder / "demo.json"), ground.fresh("kept")
    ground.compile(
        program, "demo", "--once", "--now", _NOW, "--write", demo, data=ground.fresh("demo")
    )
    plan = (program, "plan", "--from", demo, "--now", _NOW)
    commands = {
        NOTHING: (sys.executable, "-c", "pass"),
        VERSION: (program, "--version"),
        COLD: plan,
        WARM: plan,
    }
    for command in commands.values():
        ground.compile(*command, data=kept)
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(rounds):
        if number % 5 == 0:
            print(f"start-up, round {number + 1} of {rounds}", file=sys.stderr, flush=True)
        for name, command in commands.items():
            data = ground.fresh("cold") if name == COLD else kept
            costs[name].append(ground.run(*command, data=data))
    return Starts(costs)


def _program() -> Path:
    """Give the console script beside this Python."""
    program = Path(sys.executable).with_name("afterword")
    if not program.is_file():
        raise RunFailed("there is no afterword beside this Python; install the project into it")
    return program
