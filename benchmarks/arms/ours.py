"""The feed as the program writes it: a chunk an interview, and the pieces straight to the file."""

from pathlib import Path

from benchmarks.corpus import AS_OF, drafts_of, plans
from icsgen.feed import chunk, pieces

__all__ = ["write"]


def write(count: int, file: Path) -> None:
    """Write the feed of so many interviews, however large: no draft is dropped."""
    chunks = [chunk(made, drafts=drafts_of(made)) for made in plans(count)]
    with file.open("wb") as out:
        out.writelines(pieces(chunks, AS_OF, limit_octets=None))
