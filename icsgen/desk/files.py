"""Files that a person names: their octets, or in words why there are none."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from icsgen.desk.plans import refusal
from icsgen.errors import NotFound

if TYPE_CHECKING:
    from icsgen.sources import Options, Reading

STDIN = "-"
"""The file name that stands for standard input."""
STDIN_WORDS = "standard input"


def read_files(files: Sequence[str], options: "Options") -> "Reading":
    """Give what the files say, in their order, `-` being standard input.

    A file that cannot be opened is one more refusal, unless it is the only one: then NotFound.
    """
    # What is kept needs none of this: start-up stays short.
    from icsgen.sources import Reading, merge, read

    readings: list[Reading] = []
    for name in files:
        try:
            data, where = octets_of(name)
        except NotFound as error:
            if len(files) == 1:
                raise
            readings.append(Reading(problems=(refusal(error),), refused=1))
        else:
            readings.append(read(data, where, options))
    return merge(readings)


def octets_of(name: str) -> tuple[bytes, str]:
    """Give a file's octets, up to one more than we read, and its name for messages.

    Raises NotFound where there is no such file, or none that may be read.
    """
    from icsgen.sources.limits import FILE_BYTES  # as above

    most = FILE_BYTES + 1
    if name == STDIN:
        return (sys.stdin.buffer.read(most) if sys.stdin else b""), STDIN_WORDS
    try:
        with Path(name).open("rb") as file:
            return file.read(most), name
    except (OSError, ValueError) as error:  # ValueError: a NUL in it
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: OSError | ValueError) -> NotFound:
    remedy = "check its name, and that you may read it"
    if isinstance(error, FileNotFoundError):
        return NotFound("there is no such file", where=name, remedy="check its name and its folder")
    if isinstance(error, IsADirectoryError):
        return NotFound("this is a folder", where=name, remedy="name a file in it")
    why = error.strerror if isinstance(error, OSError) else None
    what = f"the file cannot be read ({why})" if why else "no file can have this name"
    return NotFound(what, where=name, remedy=remedy)
