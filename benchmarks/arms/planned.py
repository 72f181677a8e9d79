"""Plans and drafts, and no feed: what all arms have in common."""

from pathlib import Path

from benchmarks.arms import Clock
from benchmarks.corpus import drafts_of, plans

__all__ = ["write"]


def write(count: int, file: Path, clock: Clock) -> None:
    """Make the plans and drafts of so many interviews and leave the file empty."""
    for made in plans(count):
        drafts_of(made)
        with clock:
            pass
    file.write_bytes(b"")
