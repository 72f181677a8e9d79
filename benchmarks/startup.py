"""How long the program takes to begin: against Python that does nothing, run in turn with it."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.measure import Cost, Ground, Spread, console_script

__all__ = [
    "COLD",
    "NOTHING",
    "OPENED",
    "SENT",
    "STORED",
    "TODAY",
    "VERSION",
    "WARM",
    "Starts",
    "measure_starts",
]

NOTHING = "python -c pass"
VERSION = "afterword --version"
COLD = "afterword plan --from demo.json, no table of days kept"
WARM = "afterword plan --from demo.json, tables of days kept"
STORED = "afterword plan --from demo.json, tables of days and a store of 8 interviews kept"

TODAY = "afterword, a store of 500 interviews kept"
OPENED = "afterword settings timezone, a store of 500 interviews kept"
"""The start of the program with its store, and next to nothing done."""
SENT = "afterword sent, a store of 500 interviews kept"

_MANY = 500
_ONE = "the-one-to-write-to"
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

    def over_start_up_s(self, program: str) -> Spread:
        """Give the CPU time beyond that of the program's start with its store, round by round."""
        pairs = zip(self.costs[program], self.costs[OPENED], strict=True)
        return Spread.of(its.cpu_s - start.cpu_s for its, start in pairs)

    def times_nothing(self, program: str) -> Spread:
        """Give how many times the CPU of ``python -c pass`` it takes, round by round."""
        pairs = zip(self.costs[program], self.costs[NOTHING], strict=True)
        return Spread.of(its.cpu_s / nothing.cpu_s for its, nothing in pairs)


def measure_starts(ground: Ground, rounds: int) -> Starts:
    """Measure all of them in turn, so often. Raises RunFailed where one fails."""
    program = str(console_script())
    demo, kept, stored = str(ground.folder / "demo.json"), ground.fresh("kept"), ground.fresh("st")
    ground.compile(
        program, "demo", "--once", "--now", _NOW, "--write", demo, data=ground.fresh("demo")
    )
    ground.compile(program, "import", demo, "--now", _NOW, data=stored)
    many = _store_of_many(ground, program)
    plan = (program, "plan", "--from", demo, "--now", _NOW)
    commands = {
        NOTHING: (sys.executable, "-c", "pass"),
        VERSION: (program, "--version"),
        COLD: plan,
        WARM: plan,
        STORED: plan,
        TODAY: (program, "--now", _NOW),
        OPENED: (program, "settings", "timezone", "--now", _NOW),
        SENT: (program, "sent", _ONE, "thank_you", "--now", _NOW),
    }
    folders = {WARM: kept, STORED: stored, TODAY: many, OPENED: many, SENT: many}
    undo = (program, "undo", _ONE, "--now", _NOW)
    for name, command in commands.items():
        ground.compile(*command, data=folders.get(name) or ground.fresh("compiling"))
    ground.compile(*undo, data=many)
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(rounds):
        if number % 5 == 0:
            print(f"start-up, round {number + 1} of {rounds}", file=sys.stderr, flush=True)
        for name, command in commands.items():
            data = folders.get(name) or ground.fresh("empty")
            costs[name].append(ground.run(*command, data=data))
        ground.compile(*undo, data=many)  # so that the next round has it to send again
    return Starts(costs)


def _store_of_many(ground: Ground, program: str) -> Path:
    """Give a folder with a store of many interviews, one of them with nothing sent yet."""
    folder, file = ground.fresh("many"), str(ground.folder / "many.json")
    ground.compile(sys.executable, "-m", "benchmarks.interviews", str(_MANY - 1), file)
    ground.compile(program, "import", file, "--yes", "--now", _NOW, data=folder)
    said = {"id": _ONE, "company": "Bench", "role": "Clerk", "start": "2026-11-17T10:00"}
    said |= {"timezone": "America/New_York", "country": "US-NY"}
    options = (word for name, value in said.items() for word in (f"--{name}", value))
    ground.compile(program, "add", *options, "--yes", "--now", _NOW, data=folder)
    return folder
