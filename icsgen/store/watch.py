"""Tells within two seconds when somebody has written to the store; at rest it costs nothing.

The only importer of ``watchdog``, which asks the system (inotify, FSEvents, kqueue,
ReadDirectoryChangesW) to be told of files that change. That is only a hint: whether anything was
committed, SQLite says (``PRAGMA data_version``). Where a system tells nothing, as network drives
do, SQLite is asked twice a minute.
"""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from watchdog.events import (
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from icsgen.errors import AfterwordError
from icsgen.store.sqlite import Identity, SqliteStore, journal_mode

__all__ = ["POLL_S", "Watch"]

POLL_S = 30.0
"""How often SQLite is asked when nothing is heard."""
_LOOKS_S = (0.02, 0.1, 0.4, 1.0)
"""After a hint: the pauses between looks. Files change before their commit is to be seen."""
_EVENTS = [FileClosedEvent, FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
"""Not the opening and the reading, which we do ourselves when we look."""


class Watch:
    """Calls ``changed``, from a thread of its own, after each commit of anyone but that thread.

    Commits in quick succession are told once. ``changed`` must not raise.
    """

    def __init__(self, path: Path, changed: Callable[[], None], *, poll_s: float = POLL_S) -> None:
        """Begin to watch the store at ``path``, which exists; raises what opening it may raise."""
        self._store = SqliteStore(path, journal_mode())
        self._changed = changed
        self._poll_s = poll_s
        self._hint = Event()
        self._ended = Event()
        self._seen: tuple[Identity, int] | None = self._store.data_version()
        self._observer = Observer()
        self.is_told = self._listen(path)
        self._thread = Thread(target=self._run, name="store-watch", daemon=True)
        self._thread.start()

    is_told: bool
    """Whether the system tells of changes; otherwise they are noticed within ``poll_s``."""

    def close(self) -> None:
        """Stop watching; ``changed`` is not called any more when this returns."""
        self._ended.set()
        self._hint.set()
        self._thread.join()
        if self.is_told:
            self._observer.stop()
            self._observer.join()
        self._store.close()

    def _listen(self, path: Path) -> bool:
        # The folder and not the file: journals come and go beside it, and a restore may replace it.
        handler = _Handler(path.name, self._hint)
        try:
            self._observer.schedule(handler, str(path.absolute().parent), event_filter=_EVENTS)
            self._observer.start()
        except OSError:  # more watches than the system allows, or a file system without them
            return False
        return True

    def _run(self) -> None:
        while not self._ended.is_set():
            hinted = self._hint.wait(self._poll_s)
            self._look()
            for pause_s in _LOOKS_S if hinted else ():
                if self._ended.is_set():
                    return
                self._hint.clear()
                self._hint.wait(pause_s)
                self._look()

    def _look(self) -> None:
        try:
            seen = self._store.data_version()
        except AfterwordError:  # busy, gone or damaged: whoever is told will see for themselves
            seen = None
        if not self._ended.is_set() and seen != self._seen:
            self._seen = seen
            self._changed()


class _Handler(FileSystemEventHandler):
    """Passes on that something happened to the store's files."""

    def __init__(self, name: str, hint: Event) -> None:
        self._names = {name, f"{name}-journal", f"{name}-wal"}
        self._hint = hint

    def on_any_event(self, event: FileSystemEvent) -> None:
        paths = (event.src_path, event.dest_path)
        if not self._names.isdisjoint(Path(str(path)).name for path in paths if path):
            self._hint.set()
