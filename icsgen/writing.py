"""A file written whole or not at all: a new one is put on the disk, then takes its place."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from icsgen.errors import InputError

_NEW_FILE_MODE = 0o666
"""What the person's umask is taken from, as for any file that a program makes."""


def write_whole(path: Path, *octets: bytes, mode: int | None = None) -> None:
    """Write a file so that a reader, or a power cut, finds the old or the new one, never a part.

    A file that exists keeps its mode; a new one gets `mode`, else what the person's umask leaves. A
    link keeps pointing where it did. A pipe or a device is written to as it is. Several `octets`
    follow one another. Raises InputError.
    """
    try:
        if path.exists() and not path.is_file():  # not resolved: a pipe has no path of its own
            _write_into(path, octets)
        else:
            _replace(path.resolve() if path.is_symlink() else path, octets, mode)
    except (OSError, ValueError) as error:  # ValueError: a NUL in its name
        why = error.strerror if isinstance(error, OSError) and error.strerror else "no such name"
        raise InputError(
            f"the file cannot be written ({why})", where=str(path), remedy="name another with -o"
        ) from error


def _write_into(target: Path, octets: Iterable[bytes]) -> None:
    with target.open("wb") as file:
        file.writelines(octets)


def _replace(target: Path, octets: Iterable[bytes], mode: int | None) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", dir=target.parent)
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(octets)
            file.flush()
            new.chmod(_mode(target) if mode is None else mode)
            os.fsync(file.fileno())
        new.replace(target)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    _settle(target.parent)


def _mode(target: Path) -> int:
    try:
        return target.stat().st_mode & 0o777
    except FileNotFoundError:
        umask = os.umask(0o077)
        os.umask(umask)
        return _NEW_FILE_MODE & ~umask


def _settle(folder: Path) -> None:
    """Put the folder's new entry on the disk too, where a folder can be opened (not on Windows)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
