"""Where copies of the store lie, and what their names say."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

__all__ = ["Backup", "backups", "damaged_name", "folder_of", "free_name"]

_FOLDER = "backups"
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(
    r"(?P<stem>.+)-(?P<stamp>\d{8}T\d{6}Z)(?:-(?P<number>\d+))?(?P<mark>-replaced)?\.db"
)


class Backup(NamedTuple):
    """A copy of the store."""

    path: Path
    made_at: datetime
    """In UTC, whole seconds."""
    replaced: bool
    """What a restore replaced, rather than a copy that was asked for."""


def folder_of(store: Path) -> Path:
    """Give the folder of a store's copies."""
    return store.parent / _FOLDER


def backups(store: Path, *, replaced: bool = False) -> tuple[Backup, ...]:
    """Give the copies of a store, oldest first; ``replaced``: also what restores replaced."""
    try:
        found = [_backup(path, store.stem) for path in folder_of(store).iterdir()]
    except OSError:
        return ()
    known = [one for one in found if one and (replaced or not one.replaced)]
    return tuple(sorted(known, key=_order))


def free_name(store: Path, now: datetime, *, replaced: bool = False) -> Path:
    """Give a name for a copy made at ``now`` (aware) that nothing has yet."""
    stamp, mark = now.astimezone(UTC).strftime(_STAMP), "-replaced" if replaced else ""
    number = 1
    while True:
        count = f"-{number}" if number > 1 else ""
        path = folder_of(store) / f"{store.stem}-{stamp}{count}{mark}.db"
        if not path.exists():
            return path
        number += 1


def damaged_name(store: Path, now: datetime) -> Path:
    """Give a name beside the store for a damaged file found at ``now`` that nothing has yet."""
    stamp = now.astimezone(UTC).strftime(_STAMP)
    number = 1
    while True:
        count = f"-{number}" if number > 1 else ""
        path = store.with_name(f"{store.name}.damaged-{stamp}{count}")
        if not path.exists() and not path.is_symlink():
            return path
        number += 1


def _backup(path: Path, stem: str) -> Backup | None:
    found = _NAME.fullmatch(path.name)
    if not found or found["stem"] != stem:
        return None
    try:
        made_at = datetime.strptime(found["stamp"], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(path, made_at, replaced=found["mark"] is not None)


def _order(backup: Backup) -> tuple[datetime, int, str]:
    return backup.made_at, len(backup.path.name), backup.path.name
