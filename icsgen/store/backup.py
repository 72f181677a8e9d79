"""Copies of the store: made while it is in use, kept for thirty days, brought back without loss.

What a restore replaces is set aside, never overwritten; and no number that a calendar has seen is
given again (``revisions.restored``).
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from icsgen.errors import NotFound, StoreBusy, StoreDamaged, StoreError, StoreTooNew
from icsgen.store import Writer, schema
from icsgen.store.copies import (
    Backup,
    backups,
    damaged_name,
    folder_of,
    free_name,
    has_our_mark,
)
from icsgen.store.failures import damaged, translated
from icsgen.store.feeds import merged
from icsgen.store.files import (
    SIDE_FILES,
    clear_unfinished,
    new_file,
    place,
    private_folder,
    set_aside,
    swap,
    sync,
)
from icsgen.store.revisions import jumped, restored
from icsgen.store.rows import RowReader
from icsgen.store.sqlite import SqliteStore, connect, open_store

__all__ = [
    "KEPT",
    "Backup",
    "back_up",
    "backups",
    "copy",
    "erase",
    "erase_damaged",
    "is_due",
    "is_sound",
    "restoring",
    "rotate",
]

KEPT = timedelta(days=30)
"""For how long a copy is kept; what was removed is gone for good after that (design, promises)."""
_OFTEN = timedelta(days=1)


def is_due(store: Path, now: datetime) -> bool:
    """Tell whether the last backup is a day old, or from the future of a clock that was wrong."""
    found = backups(store)
    return not found or not timedelta(0) <= now - found[-1].made_at < _OFTEN


def back_up(store: Path, now: datetime) -> Backup:
    """Make a backup of a store that may be in use, then let go of those older than thirty days.

    Raises StoreDamaged before it lets go of any: a damaged store must not outlive its good copies.
    """
    made = copy(store, now)
    rotate(store, now)
    return made


def copy(store: Path, now: datetime, *, replaced: bool = False) -> Backup:
    """Make a copy, checked through and through, and give it."""
    with translated(store):
        folder = private_folder(folder_of(store))
        unfinished = _copied(store, folder)
        while not place(unfinished, target := free_name(store, now, replaced=replaced)):
            unfinished = _copied(store, folder)
    (found,) = (one for one in backups(store, replaced=True) if one.path == target)
    return found


def rotate(store: Path, now: datetime) -> tuple[Backup, ...]:
    """Delete the copies older than thirty days, and give them."""
    old = tuple(one for one in backups(store, replaced=True) if now - one.made_at > KEPT)
    with translated(folder_of(store)):
        for one in old:
            one.path.unlink(missing_ok=True)
        if old:
            sync(folder_of(store))
    return old


def erase(store: Path) -> None:
    """Delete every copy, finished or not, and every damaged file set aside: for ``wipe``."""
    with translated(store):
        for one in backups(store, replaced=True):
            one.path.unlink(missing_ok=True)
        for path in store.parent.glob(f"{store.name}.damaged-*"):
            with suppress(OSError):  # a folder that stood in the store's place is not ours
                path.unlink()
        for folder in (store.parent, folder_of(store)):
            if folder.is_dir():
                clear_unfinished(folder)
                sync(folder)


def erase_damaged(store: Path) -> None:
    """Delete a damaged store with every copy, for ``wipe``; the next to open it begins anew."""
    with translated(store):
        # Its own file last: a journal without one would keep a new store from being made.
        for suffix in (*SIDE_FILES, ""):
            Path(f"{store}{suffix}").unlink(missing_ok=True)
    erase(store)


def is_sound(store: Path) -> bool:
    """Tell whether every page of a file can be read and is in its place; slower than opening it."""
    try:
        return _is_readable(store)
    except StoreError:
        return False


@contextmanager
def restoring(store: Path, backup: Path, now: datetime) -> Iterator[Writer]:
    """Bring a backup back, and give a writer in the same transaction, to plan what is now there.

    The present file is set aside: a sound one as a copy among the backups, a damaged one under a
    name beside it. Feeds made since stay, and what was revoked stays so. Raises NotFound or
    StoreDamaged for the backup, StoreTooNew for either.
    """
    if not backup.is_file():
        remedy = "'afterword backup' makes one"
        raise NotFound("there is no such backup", where=str(backup), remedy=remedy)
    prepared = _accepted(backup, store)
    try:
        with _present(store, now) as present:
            if present is None:
                _put_in_place(prepared, store, now)
            else:
                with _taking_over(present, prepared, now) as writer:
                    yield writer
                return
        with closing(open_store(store, now=now)) as fresh, fresh.transaction() as writer:
            yield writer
    except StoreDamaged as error:
        if not error.where.startswith(str(prepared)):
            raise
        raise _unfit("the file is damaged", backup, store) from error
    finally:
        prepared.unlink(missing_ok=True)


@contextmanager
def _present(store: Path, now: datetime) -> Iterator[SqliteStore | None]:
    """Give the store if it is sound; None if there is none to speak of."""
    if not store.exists() or not store.is_file():
        yield None
        return
    try:
        found = open_store(store, now=now)
    except StoreDamaged:
        yield None
        return
    with closing(found):
        yield found if _is_readable(store) else None


@contextmanager
def _taking_over(present: SqliteStore, prepared: Path, now: datetime) -> Iterator[Writer]:
    with closing(connect(prepared)) as connection, present.writing() as writer:
        # In the transaction, so that nobody can write between the copy and what takes its place;
        # and first of all in it, while others may still read the file.
        copy(present.path, now, replaced=True)
        old = RowReader(connection, prepared)
        ledger = restored(writer.ledger(), old.ledger(), now)
        writer.take_over(old, ledger, merged(writer.feeds(), old.feeds(), now))
        yield writer


def _put_in_place(prepared: Path, store: Path, now: datetime) -> None:
    """Let a prepared file take the place of a damaged one, or of none."""
    with closing(SqliteStore(prepared, "delete")) as filled, filled.writing() as writer:
        writer.raise_revisions(jumped(writer.ledger(), now))
    with translated(store):
        set_aside(store, damaged_name(store, now))
        swap(prepared, store)


def _is_readable(store: Path) -> bool:
    """Tell the same; raises StoreBusy, which says nothing of the file."""
    try:
        with translated(store), closing(connect(store)) as connection:
            return (
                _is_whole(connection) and schema.application_id(connection) == schema.APPLICATION_ID
            )
    except StoreBusy:
        raise
    except StoreError:
        return False


def _accepted(backup: Path, store: Path) -> Path:
    """Give a copy of a backup in today's form beside the store; what is wrong is the backup's."""
    with translated(backup):
        if not os.access(backup, os.R_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        is_ours = has_our_mark(backup)
    try:
        with translated(store):
            return _prepared(backup, private_folder(store.parent))
    except StoreTooNew as error:
        raise StoreTooNew(error.what, where=str(backup), remedy=error.remedy) from error
    except StoreDamaged as error:
        what = "the file is damaged" if is_ours else "this is no file of Afterword's"
        raise _unfit(what, backup, store) from error


def _unfit(what: str, backup: Path, store: Path) -> StoreDamaged:
    return StoreDamaged(what, where=str(backup), remedy=_instead(backup, store))


def _instead(backup: Path, store: Path) -> str:
    """Say what else could be brought back."""
    others = [one for one in backups(store) if one.path.resolve() != backup.resolve()]
    if not others:
        return "nothing was changed; there is no other backup"
    made_at = f"{others[-1].made_at:%Y-%m-%d %H:%M}"
    return (
        f"nothing was changed; 'afterword restore {others[-1].path}' brings back the backup of "
        f"{made_at} UTC"
    )


def _prepared(backup: Path, folder: Path) -> Path:
    """Give a copy of a backup in today's form, under a name for the time being."""
    unfinished = _copied(backup, folder)
    try:
        with closing(SqliteStore(unfinished, "delete")) as store:
            store.update()
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return unfinished


def _copied(source: Path, folder: Path) -> Path:
    """Give a whole and sound copy of a file, under a name for the time being."""
    unfinished = new_file(folder)
    try:
        with closing(connect(source)) as old, closing(sqlite3.connect(unfinished)) as new:
            # No journal for a file that nobody has yet; ``place`` has the disk keep it.
            new.execute("PRAGMA journal_mode = OFF")
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")
            _require_whole(new, source)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return unfinished


def _require_whole(connection: sqlite3.Connection, source: Path) -> None:
    if not _is_whole(connection):
        raise damaged(source)


def _is_whole(connection: sqlite3.Connection) -> bool:
    return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0]) == "ok"
