"""Where copies of the store lie, and what their names say."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from icsgen.errors import UsageError
from icsgen.store.files import SIDE_FILES
from icsgen.store.schema import APPLICATION_ID

__all__ = [
    "Backup",
    "backups",
    "damaged_name",
    "folder_of",
    "free_name",
    "has_our_mark",
    "require_elsewhere",
]

_SQLITE = b"SQLite format 3\0"
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


def has_our_mark(path: Path) -> bool:
    """Tell from a file's first octets whether it is a store or a copy of one, whole or not.

    Not for a store that this process has open: closing it here would let go of SQLite's locks.
    """
    with path.open("rb") as file:
        head = file.read(72)
    return head.startswith(_SQLITE) and head[68:] == APPLICATION_ID.to_bytes(4, "big")


def require_elsewhere(store: Path, file: Path) -> None:
    """Raise UsageError where writing a copy to ``file`` would cost something that is kept."""
    try:
        _require_elsewhere(store, file)
    except (OSError, RuntimeError, ValueError) as error:  # links in a circle; a NUL in its name
        what = "the file cannot be read, so a copy does not replace it"
        raise UsageError(what, where=str(file), remedy="name another") from error


def _require_elsewhere(store: Path, file: Path) -> None:
    wanted = file.resolve()
    if _is_of(store, wanted):
        what = "Afterword keeps its own file here, which a copy must not replace"
        raise UsageError(what, where=str(file), remedy="name a file in another folder")
    if not file.is_file():
        return
    is_in_use = any(Path(f"{wanted}{suffix}").exists() for suffix in SIDE_FILES)
    if is_in_use or not has_our_mark(file):
        what = "there is a file already, and it is no backup of Afterword's"
        raise UsageError(what, where=str(file), remedy="name another, or move that one elsewhere")


def _is_of(store: Path, wanted: Path) -> bool:
    """Tell whether a path is the store's, or of one of its files or copies, however it is named."""
    own = [Path(f"{store}{suffix}") for suffix in ("", *SIDE_FILES)]
    own += [one.path for one in backups(store, replaced=True)]
    if wanted in [path.resolve() for path in own]:
        return True
    if wanted.exists() and any(path.exists() and path.samefile(wanted) for path in own):
        return True
    is_beside = wanted.parent == folder_of(store).resolve()
    return is_beside and _backup(wanted, store.stem) is not None


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
