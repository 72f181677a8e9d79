"""The store in one file of SQLite, through the standard library.

Several processes may have it open: each write locks the file before it reads, waits its turn, and
is on the disk when ``transaction`` ends.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import RLock

from icsgen.errors import StoreError, StoreTooNew
from icsgen.store import Reader, Writer, schema
from icsgen.store.failures import damaged, translated
from icsgen.store.files import new_file, place, private_folder
from icsgen.store.rows import RowReader, RowWriter

__all__ = ["FILE_NAME", "SqliteStore", "connect", "create", "journal_mode", "open_store"]

FILE_NAME = "afterword.db"
"""In the data folder."""

_WAIT_S = 10.0
"""For others to finish; twenty times the longest wait seen with three writers and two readers."""
_TRIES = 5
_MENDED = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
"""The first SQLite of each line in which several writers cannot ruin a file in WAL mode."""

_HELD = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}

Identity = tuple[int, int]
"""A file whatever its name: the number of its disk, and its own on it."""


def journal_mode(sqlite: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """Give the mode that is safe in a version of SQLite: ``wal`` only where its bug is mended."""
    mended = sqlite >= _MENDED[-1] or any(
        fix[:2] == sqlite[:2] and sqlite >= fix for fix in _MENDED
    )
    return "wal" if mended else "delete"


def open_store(path: Path, *, now: datetime, mode: str = "") -> "SqliteStore":
    """Give the store in a file, made if there is none, brought up to date if it is old.

    ``now`` (aware) dates the copy that is made before an old file is changed. ``mode`` is
    ``journal_mode()`` unless a test says otherwise. Raises StoreDamaged, which offers the last
    backup, StoreTooNew, or StoreError where the file cannot be used; the file stays as it is.
    """
    with translated(path):
        private_folder(path.parent)
        if not os.path.lexists(path):
            create(path)
        store = SqliteStore(path, mode or journal_mode())
        try:
            if store.is_old:
                # Only an old file pays for this import.
                from icsgen.store.backup import copy

                copy(path, now)
                store.update()
        except BaseException:
            store.close()
            raise
        return store


class SqliteStore:
    """A ``Store`` in a file that exists; ``open_store`` makes it."""

    def __init__(self, path: Path, mode: str) -> None:
        """Open the file; see ``open_store`` for what may be raised."""
        self.path = path
        self._mode = mode
        self._lock = RLock()
        self._connection, self._identity = _connected(path, mode)

    @property
    def is_old(self) -> bool:
        """Tell whether the file has to be brought up to date before it can be used."""
        return schema.version(self._connection) < len(schema.MIGRATIONS)

    def update(self) -> None:
        """Bring the file up to date."""
        with self._lock, translated(self.path):
            schema.migrate(self._connection, schema.MIGRATIONS)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Give a view of one moment."""
        with self._lock:
            self._require_none_open()
            with translated(self.path):
                self._follow()
                self._connection.execute("BEGIN")
            try:
                self._check_form()
                yield RowReader(self._connection, self.path)
            finally:
                self._undo()

    @contextmanager
    def transaction(self) -> Iterator[Writer]:
        """Give a writer; all it did is kept when the block ends without an exception."""
        with self.writing() as writer:
            yield writer

    @contextmanager
    def writing(self) -> Iterator[RowWriter]:
        """Give the same with what a restore needs besides."""
        with self._lock:
            self._begin()
            writer = RowWriter(self._connection, self.path)
            try:
                self._check_form()
                yield writer
                writer.finish()
                with translated(self.path):
                    self._connection.execute("COMMIT")
            finally:
                self._undo()
            if writer.erased and self._mode == "wal":
                self._empty_the_log()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def data_version(self) -> tuple[Identity, int]:
        """Give what differs from one time to the next exactly if another connection has written."""
        with self._lock, translated(self.path):
            self._follow()
            number = self._connection.execute("PRAGMA data_version").fetchone()[0]
            return self._identity, int(number)

    def _begin(self) -> None:
        self._require_none_open()
        for _ in range(_TRIES):
            with translated(self.path):
                self._follow()
                self._connection.execute("BEGIN IMMEDIATE")
            # A restore may have put another file here while we waited for the lock of this one.
            if _identity(self.path) == self._identity:
                return
            self._undo()
        raise StoreError("the file is being replaced", where=str(self.path), remedy="try again")

    def _require_none_open(self) -> None:
        if self._connection.in_transaction:
            raise RuntimeError("transactions of one store do not nest")

    def _check_form(self) -> None:
        # A newer Afterword may have been started, and have changed the file, since we opened it.
        with translated(self.path):
            _check_form(self._connection, self.path)
            found = self._connection.execute("PRAGMA journal_mode").fetchone()[0]
        if found == "wal" and self._mode != found:
            raise _not_shared(self.path)

    def _undo(self) -> None:
        # What fails here was lost by an error that is on its way already.
        with suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _follow(self) -> None:
        """Open the file again if the one of that name is another now."""
        if _identity(self.path) != self._identity:
            self._connection.close()
            self._connection, self._identity = _connected(self.path, self._mode)

    def _empty_the_log(self) -> None:
        # What was deleted must not live on in the log; if somebody reads, the next write does it.
        with suppress(sqlite3.Error):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def create(path: Path) -> None:
    """Make a new store at ``path``; if another process is quicker, that one's stays.

    It comes to its name when it is whole: an empty file at ``path`` is never a young one.
    """
    if _is_bereft(path):
        remedy = "put it back, or run 'afterword restore'"
        what = "the file is gone, though what belongs beside it is there"
        raise StoreError(what, where=str(path), remedy=remedy)
    unfinished = new_file(path.parent)
    connection = connect(unfinished)
    try:
        schema.migrate(connection, schema.MIGRATIONS)
    finally:
        connection.close()
    place(unfinished, path)


def _is_bereft(path: Path) -> bool:
    """Tell whether there is a journal whose file is gone; it would ruin a new file of that name."""
    beside = [Path(f"{path}{suffix}") for suffix in ("-journal", "-wal")]
    found = any(one.exists() and one.stat().st_size for one in beside)
    # Asked last: another process may have made the file, and begun to write, a moment ago.
    return found and not os.path.lexists(path)


def connect(path: Path) -> sqlite3.Connection:
    """Give a connection to a file that exists, as safe as SQLite can be.

    EXTRA is FULL and, where the end of a journal is the end of a transaction, makes that end
    outlast a power cut too (https://sqlite.org/pragma.html#pragma_synchronous).
    """
    uri = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(
        uri, timeout=_WAIT_S, isolation_level=None, check_same_thread=False, uri=True
    )
    try:
        for pragma in ("synchronous = EXTRA", "foreign_keys = ON", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _connected(path: Path, mode: str) -> tuple[sqlite3.Connection, Identity]:
    for _ in range(_TRIES):
        identity = _identity(path)
        with translated(path):
            connection = connect(path)
        try:
            if _identity(path) == identity:
                with translated(path):
                    _check(connection, path)
                    _set_mode(connection, mode, path)
                return connection, identity
        except BaseException:
            connection.close()
            raise
        connection.close()
    raise StoreError("the file is being replaced", where=str(path), remedy="try again")


def _identity(path: Path) -> Identity:
    try:
        found = path.stat()
    except FileNotFoundError as error:
        remedy = "put it back, or run 'afterword restore'"
        raise StoreError("the file is gone", where=str(path), remedy=remedy) from error
    except OSError as error:
        raise StoreError(f"the file cannot be used ({error.strerror})", where=str(path)) from error
    if path.is_dir():
        remedy = "move the folder elsewhere: our file belongs here"
        raise StoreError("this is a folder, not a file", where=str(path), remedy=remedy)
    return found.st_dev, found.st_ino


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise for a file that is not ours or not for us; an empty one passes SQLite's own checks."""
    if schema.application_id(connection) != schema.APPLICATION_ID:
        empty = path.stat().st_size == 0
        raise damaged(path, "the file is empty" if empty else "this is no file of Afterword's")
    if _check_form(connection, path) < 1:
        raise damaged(path)


def _check_form(connection: sqlite3.Connection, path: Path) -> int:
    """Give how many migrations the file has seen; raises StoreTooNew if we do not know all."""
    seen = schema.version(connection)
    if seen > len(schema.MIGRATIONS):
        raise StoreTooNew(
            f"a newer Afterword wrote this file (its form is {seen}; this one knows up to "
            f"{len(schema.MIGRATIONS)})",
            where=str(path),
            remedy="use the newer one",
        )
    return seen


def _set_mode(connection: sqlite3.Connection, mode: str, path: Path) -> None:
    """Let the file's journal be of this mode; while others have the file open it cannot change."""
    try:
        connection.execute(f"PRAGMA journal_mode = {mode}")
    except sqlite3.OperationalError as error:
        # Without a log we are safe in any case, and only reading needs no journal at all.
        code = error.sqlite_errorcode & 0xFF
        if code in _HELD and mode == "delete":
            raise _not_shared(path) from error
        if code not in _HELD | _READ_ONLY:
            raise


def _not_shared(path: Path) -> StoreError:
    what = "an Afterword with a newer SQLite has the file open, in a way this one cannot share"
    return StoreError(what, where=str(path), remedy="close that one first")
