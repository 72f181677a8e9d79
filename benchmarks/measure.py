"""Programs run alone and their cost: CPU time, elapsed time and peak memory, by the system's count.

Every program begins from nothing: an empty home, a folder of its own for what Afterword keeps, a
bare environment, one hash seed.
Byte code is compiled once for all of them, into a folder apart (a first run of each writes it, and
is not counted), because an installed program is compiled too; measured runs only read it.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Timer
from types import TracebackType
from typing import NamedTuple

__all__ = ["Cost", "Ground", "RunFailed", "Spread", "console_script"]

_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
"""``ru_maxrss`` is in octets on macOS, in KiB elsewhere."""


class RunFailed(Exception):
    """A program did not end well, or not in the time it was given."""


class Cost(NamedTuple):
    """What one run took."""

    cpu_s: float
    """In the program and in the system for it, its children's included."""
    elapsed_s: float
    peak_octets: int
    """Never below this process's own peak, which the system counts to its children; it is small."""

    @classmethod
    def middle(cls, costs: Sequence["Cost"]) -> "Cost":
        """Give the median of each of an odd number of them."""
        cpu_s, elapsed_s, peaks = (sorted(each) for each in zip(*costs, strict=True))
        at = len(costs) // 2
        return cls(cpu_s[at], elapsed_s[at], int(peaks[at]))


class Spread(NamedTuple):
    """One figure over the rounds."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Iterable[float]) -> "Spread":
        """Give that of at least one value."""
        found = sorted(values)
        return cls(median(found), found[0], found[-1])


def console_script() -> Path:
    """Give the ``afterword`` beside this Python; raises RunFailed where there is none."""
    program = Path(sys.executable).with_name("afterword")
    if not program.is_file():
        raise RunFailed("there is no afterword beside this Python; install the project into it")
    return program


@dataclass(frozen=True)
class Ground:
    """A folder to run in, gone afterwards."""

    folder: Path

    @classmethod
    def lay(cls) -> "Ground":
        """Make one."""
        folder = Path(tempfile.mkdtemp(prefix="afterword-benchmarks-"))
        (folder / "home").mkdir()
        return cls(folder)

    def __enter__(self) -> "Ground":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        import shutil  # once, at the end

        shutil.rmtree(self.folder, ignore_errors=True)

    def fresh(self, purpose: str) -> Path:
        """Give a new, empty folder."""
        return Path(tempfile.mkdtemp(prefix=f"{purpose}-", dir=self.folder))

    def compile(self, *command: str, data: Path | None = None, timeout_s: float = 600) -> None:
        """Run a program once without counting, so that its byte code is there."""
        self._run(command, data, {}, timeout_s)

    def run(self, *command: str, data: Path | None = None, timeout_s: float = 600) -> Cost:
        """Run a program and give its cost; ``data`` is Afterword's folder. Raises RunFailed."""
        return self._run(command, data, {"PYTHONDONTWRITEBYTECODE": "1"}, timeout_s)

    def _run(
        self, command: Sequence[str], data: Path | None, more: dict[str, str], timeout_s: float
    ) -> Cost:
        environment = {**self._environment(data), **more}
        with (self.folder / "stderr").open("w+b") as told:
            begun = time.perf_counter()
            process = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=told,
            )
            limit = Timer(timeout_s, process.kill)
            limit.start()
            _, status, used = os.wait4(process.pid, 0)
            elapsed_s = time.perf_counter() - begun
            limit.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                told.seek(0)
                raise RunFailed(_why(command, process.returncode, told.read()))
        return Cost(used.ru_utime + used.ru_stime, elapsed_s, used.ru_maxrss * _PEAK_UNIT)

    def _environment(self, data: Path | None) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        return {
            **kept,
            "AFTERWORD_DATA_DIR": str(data or self.folder / "data"),
            "HOME": str(self.folder / "home"),
            "LC_ALL": "C.UTF-8",
            "PYTHONHASHSEED": "0",
            "PYTHONNOUSERSITE": "1",
            "PYTHONPATH": str(Path(__file__).parents[1]),
            "PYTHONPYCACHEPREFIX": str(self.folder / "compiled"),
            "TZ": "UTC",
        }


def _why(command: Sequence[str], code: int, told: bytes) -> str:
    said = told.decode(errors="replace").strip().splitlines()[-5:]
    ended = f"was ended by signal {-code}" if code < 0 else f"gave exit code {code}"
    return "\n".join([f"{' '.join(map(os.path.basename, command))} {ended}", *said])
