"""Files that a person names: their octets, or in words why there are none."""

import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from icsgen.desk.plans import refusal
from icsgen.errors import NotFound

if TYPE_CHECKING:
    from icsgen.sources import Options, Reading

STDIN = "-"
"""The file name that stands for standard input."""
STDIN_WORDS = "standard input"


def read_files(files: Sequence[str], options: "Options", *, plain_only: bool = False) -> "Reading":
    """Give what the files say, in their order, `-` being standard input.

    A file that cannot be opened is one more refusal, unless it is the only one: then NotFound.
    ``plain_only`` refuses pipes and devices, which may keep one waiting for ever.
    """
    # What is kept needs none of this: start-up stays short.
    from icsgen.sources import Reading, merge, read

    readings: list[Reading] = []
    for name in files:
        try:
            data, where = octets_of(name, plain_only=plain_only)
        except NotFound as error:
            if len(files) == 1:
                raise
            readings.append(Reading(problems=(refusal(error),), refused=1))
        else:
            readings.append(read(data, where, options))
    return merge(readings)


def octets_of(name: str, *, plain_only: bool = False) -> tuple[bytes, str]:
    """Give a file's octets, up to one more than we read, and its name for messages.

    Raises NotFound where there is no such file, or none that may be read.
    """
    from icsgen.sources.limits import FILE_BYTES  # as above

    most = FILE_BYTES + 1
    if name == STDIN:
        return (sys.stdin.buffer.read(most) if sys.stdin else b""), STDIN_WORDS
    try:
        with _plain(name) if plain_only else Path(name).open("rb") as file:
            return file.read(most), name
    except (OSError, ValueError) as error:  # ValueError: a NUL in it
        raise _unreadable(name, error) from error


def flows(name: str) -> bool:
    """Tell whether a file can be read only once: standard input, a pipe or a device."""
    if name == STDIN:
        return True
    try:
        mode = Path(name).stat().st_mode
    except (OSError, ValueError):  # it may come yet
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode) or stat.S_ISSOCK(mode)


def _plain(name: str) -> BinaryIO:
    """Open a plain file and nothing else, without waiting for anybody as a pipe would."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(name, flags)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotFound("this is no plain file", where=name, remedy="put one in its place")
    return os.fdopen(handle, "rb")


def _unreadable(name: str, error: OSError | ValueError) -> NotFound:
    remedy = "check its name, and that you may read it"
    if isinstance(error, FileNotFoundError):
        return NotFound("there is no such file", where=name, remedy="check its name and its folder")
    if isinstance(error, IsADirectoryError):
        return NotFound("this is a folder", where=name, remedy="name a file in it")
    why = error.strerror if isinstance(error, OSError) else None
    what = f"the file cannot be read ({why})" if why else "no file can have this name"
    return NotFound(what, where=name, remedy=remedy)
