"""The feed written by ours and not linted: its pieces go straight to the file, never in one."""

from pathlib import Path

from benchmarks.arms import Clock
from benchmarks.corpus import AS_OF, drafts_of, plans
from icsgen.feed import Chunk, chunk, pieces

__all__ = ["chunks_of", "write"]


def write(count: int, file: Path, clock: Clock) -> None:
    """Write the feed of so many interviews, however large: no draft is dropped."""
    chunks = chunks_of(count, clock)
    with clock, file.open("wb") as out:
        out.writelines(pieces(chunks, AS_OF, limit_octets=None))


def chunks_of(count: int, clock: Clock) -> list[Chunk]:
    """Give a chunk for each of so many interviews; the clock runs for the chunks alone."""
    chunks = []
    for made in plans(count):
        drafts = drafts_of(made)
        with clock:
            chunks.append(chunk(made, drafts=drafts))
    return chunks
