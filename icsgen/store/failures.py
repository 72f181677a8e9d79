"""What SQLite and the disk may say, in words, and the last backup for those who need it."""

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from icsgen.errors import StoreBusy, StoreDamaged, StoreError, StoreFull
from icsgen.store.copies import backups

__all__ = ["REPORTED", "damaged", "in_words", "translated"]

REPORTED = (sqlite3.Error, OSError, UnicodeDecodeError)
"""What comes of SQLite and of the disk; the last, where a damaged text is to be decoded."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise what SQLite or the disk says of ``path`` as a StoreError; our mistakes as they are."""
    try:
        yield
    except REPORTED as error:
        said = in_words(error, path)
        if said is None:
            raise
        raise said from error


def in_words(error: Exception, path: Path) -> StoreError | None:
    """Give the error for the person; None where only a mistake of ours can have caused it."""
    if isinstance(error, OSError):
        return _of_the_disk(error, path)
    # The low byte; the rest says where in SQLite (https://sqlite.org/rescode.html).
    if isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError):
        return None
    # What else there is (a text that is none, a table that is not there, a row that the table's own
    # rules refuse) cannot come of our statements on a file as we wrote it.
    return _SAID.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, damaged)(path)


def damaged(path: Path, what: str = "the file is damaged") -> StoreDamaged:
    """Give the error for a file that is not what we wrote, which offers the last backup."""
    found = backups(path)
    if found:
        remedy = (
            f"'afterword restore' brings back the backup of {found[-1].made_at:%Y-%m-%d %H:%M} UTC"
        )
    else:
        remedy = "there is no backup yet: move the file elsewhere to begin anew"
    return StoreDamaged(what, where=str(path), remedy=f"{remedy}; the file itself is left as it is")


def _of_the_disk(error: OSError, path: Path) -> StoreError:
    if error.errno in _FULL:
        return _full(path)
    if error.errno in _DENIED:
        return _denied(path)
    why = error.strerror or type(error).__name__
    return StoreError(f"the file cannot be used ({why})", where=str(path), remedy="check the disk")


def _full(path: Path) -> StoreFull:
    return StoreFull(
        "there is no room left on the disk, so nothing was changed",
        where=str(path),
        remedy="make some room, then do it again",
    )


def _failing(path: Path) -> StoreError:
    return StoreError(
        "the disk did not do what was asked of it",
        where=str(path),
        remedy="check the disk and the room on it, then try again",
    )


def _busy(path: Path) -> StoreBusy:
    return StoreBusy(
        "another program has held the file for too long, so nothing was changed",
        where=str(path),
        remedy="try again, or close what else uses the file",
    )


def _denied(path: Path) -> StoreError:
    return StoreError(
        "the file may not be read or written",
        where=str(path),
        remedy="check the permissions of the file and of its folder",
    )


_SAID: dict[int, Callable[[Path], StoreError]] = {
    sqlite3.SQLITE_FULL: _full,
    sqlite3.SQLITE_BUSY: _busy,
    sqlite3.SQLITE_LOCKED: _busy,
    sqlite3.SQLITE_READONLY: _denied,
    sqlite3.SQLITE_CANTOPEN: _denied,
    sqlite3.SQLITE_PERM: _denied,
    sqlite3.SQLITE_IOERR: _failing,
}
