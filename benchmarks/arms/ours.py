"""The feed as it leaves the program: put together, linted, and only then written."""

from pathlib import Path

from benchmarks.arms import Clock
from benchmarks.arms.unlinted import chunks_of
from benchmarks.corpus import AS_OF
from icsgen.feed import pieces
from icsgen.feed.lint import lint
from icsgen.model import Severity

__all__ = ["write"]


def write(count: int, file: Path, clock: Clock) -> None:
    """Write the feed of so many interviews, however large: no draft is dropped."""
    chunks = chunks_of(count, clock)
    with clock:
        octets = tuple(pieces(chunks, AS_OF, limit_octets=None))
        refused = [each for each in lint(octets) if each.severity is Severity.REFUSED]
        assert not refused, refused[0]
        with file.open("wb") as opened:
            opened.writelines(octets)
