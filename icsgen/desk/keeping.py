"""The store's file: opened when it is first needed, copied once a day."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from icsgen.errors import AfterwordError, NotFound

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from icsgen.store import Store, Writer
    from icsgen.store.copies import Backup

_OFTEN = timedelta(days=1)
FILE_NAME = "afterword.db"
"""``store.sqlite.FILE_NAME``; said again here, where SQLite need not be loaded."""


class Keeper:
    """Where what is kept lies. Nothing is opened, and no folder made, before somebody asks.

    ``clock`` gives the real time, aware, whatever ``--now`` says: it dates copies and lets old ones
    go.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        """Take the folder of the store's file."""
        self.path = folder / FILE_NAME
        self._clock = clock
        self._store: Store | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was ever kept here: no file, nor what belongs beside one."""
        beside = [
            self.path.with_name(f"{FILE_NAME}{suffix}") for suffix in ("", "-journal", "-wal")
        ]
        return not any(path.exists() or path.is_symlink() for path in beside)

    @property
    def files(self) -> tuple[Path, ...]:
        """Give the files that change when anybody writes to the store."""
        return self.path, self.path.with_name(f"{FILE_NAME}-wal")

    def store(self) -> "Store":
        """Give the store, made if there is none; raises StoreError."""
        if self._store is None:
            from icsgen.store.sqlite import (
                open_store,  # only for what is kept: start-up stays short
            )

            self._store = open_store(self.path, now=self._clock())
        return self._store

    def close(self) -> None:
        """Let go of the file."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def copy_daily(self) -> AfterwordError | None:
        """Make a backup if the last is a day old; give what went wrong, if anything did.

        What was asked for is done by then, so this fails nothing.
        """
        now = self._clock()
        if self._is_copied(now):
            return None
        from icsgen.store.backup import back_up, is_due  # once a day

        try:
            if is_due(self.path, now):
                back_up(self.path, now)
        except AfterwordError as error:
            return error
        return None

    def _is_copied(self, now: datetime) -> bool:
        """Tell whether a copy is younger than a day; cheaper than reading their names."""
        least = (now - _OFTEN).timestamp()
        try:
            found = [path.stat().st_mtime for path in self.path.with_name("backups").iterdir()]
        except OSError:
            return False
        return any(least < changed_at <= now.timestamp() for changed_at in found)

    def back_up(self) -> "Backup":
        """Make a backup now, and let go of those older than thirty days."""
        from icsgen.store.backup import back_up  # as above

        self.store()
        return back_up(self.path, self._clock())

    def require_elsewhere(self, file: Path) -> None:
        """Raise UsageError where a copy written to ``file`` would replace what is none."""
        from icsgen.store.copies import require_elsewhere  # as above

        require_elsewhere(self.path, file)

    def backups(self) -> "tuple[Backup, ...]":
        """Give the backups, oldest first."""
        from icsgen.store.copies import backups  # as above

        return backups(self.path)

    def restoring(self, backup: Path | None) -> "AbstractContextManager[Writer]":
        """Bring a backup back, by default the last; give a writer in the same transaction.

        Raises NotFound where there is none, and StoreError.
        """
        from icsgen.store.backup import restoring  # as above

        self.close()
        return restoring(self.path, backup or self.last_backup(), self._clock())

    def last_backup(self) -> Path:
        """Give the last backup; raises NotFound where there is none."""
        found = self.backups()
        if not found:
            raise NotFound(
                "there is no backup yet",
                where=str(self.path.parent),
                remedy="name a file, or make one with afterword backup",
            )
        return found[-1].path

    def erase_copies(self) -> None:
        """Delete every backup."""
        from icsgen.store.backup import erase  # as above

        erase(self.path)

    def erase_damaged(self) -> None:
        """Delete a file that cannot be read, and every backup."""
        from icsgen.store.backup import erase_damaged  # as above

        self.close()
        erase_damaged(self.path)

    def is_sound(self) -> bool:
        """Tell whether every page of the file can be read."""
        from icsgen.store.backup import is_sound  # as above

        return is_sound(self.path)
