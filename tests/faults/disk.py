"""A disk that forgets what it was not told to keep: what is left of some files after a power cut.

The model, file by file. A write reaches the disk for sure when its file is synced; until then each
512 octets of it may or may not be there, in any order. A name made, moved or deleted is there for
sure when its folder is synced (or when SQLite first syncs a new journal, as it then syncs the
folder too); until then names change in order, up to some point, as on file systems with a journal.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512

Write = tuple[int, bytes]
"""An offset and what is written there; an offset of -1 stands for a new size, in decimal."""


@dataclass
class File:
    kept: bytearray = field(default_factory=bytearray)
    unsure: list[Write] = field(default_factory=list)
    syncs_its_folder: bool = False


@dataclass(frozen=True)
class Change:
    """One line of what was done, in order."""

    what: str
    path: str = ""
    other: str = ""
    offset: int = 0
    data: bytes = b""


class Recorder:
    """A listener that writes down what is done to the files in one folder and below."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.changes: list[Change] = []

    def acknowledged(self, what: str) -> None:
        """Note that the program now said to somebody that it is done."""
        self.changes.append(Change("acknowledged", what))

    def _note(
        self, what: str, path: str, other: str = "", offset: int = 0, data: bytes = b""
    ) -> int:
        if path.startswith(self.folder):
            self.changes.append(Change(what, path, other, offset, data))
        return 0

    def created(self, path: str, *, is_journal: bool) -> int:
        return self._note("created", path, "journal" if is_journal else "")

    def wrote(self, path: str, offset: int, data: bytes) -> int:
        return self._note("wrote", path, offset=offset, data=data)

    def truncated(self, path: str, size: int) -> int:
        return self._note("wrote", path, offset=-1, data=b"%d" % size)

    def synced(self, path: str) -> int:
        return self._note("synced", path)

    def linked(self, old: str, new: str) -> int:
        return self._note("linked", old, new)

    def renamed(self, old: str, new: str) -> int:
        return self._note("renamed", old, new)

    def deleted(self, path: str) -> int:
        return self._note("deleted", path)

    def folder_synced(self, path: str) -> int:
        return self._note("folder synced", path)


class Disk:
    """What lies on a disk while a program runs, and what is left of it when the power goes."""

    def __init__(self) -> None:
        self.files: list[File] = []
        self.names: dict[str, int] = {}
        """As the program sees them."""
        self.kept_names: dict[str, int] = {}
        self.unsure_names: list[tuple[str, int | None]] = []
        """Changes of names since the last sync of a folder, in order; None: deleted."""
        self.acknowledged = ""

    def do(self, change: Change) -> None:
        match change.what:
            case "acknowledged":
                self.acknowledged = change.path
            case "created":
                self.files.append(File(syncs_its_folder=bool(change.other)))
                self._name(change.path, len(self.files) - 1)
            case "wrote":
                self._file(change.path).unsure.append((change.offset, change.data))
            case "synced":
                self._sync(self._file(change.path))
            case "linked":
                self._name(change.other, self.names[change.path])
            case "renamed":
                number = self.names[change.path]
                # One step for the two names, as a rename is.
                self._name(change.other, number)
                self._name(change.path, None)
            case "deleted":
                self._name(change.path, None)
            case "folder synced":
                self._sync_names()

    def after_power_cut(self, dice: random.Random) -> dict[str, bytes]:
        """Give one of the contents, by path, that the disk may have when it is on again."""
        names = dict(self.kept_names)
        for path, number in self.unsure_names[: dice.randint(0, len(self.unsure_names))]:
            _rename(names, path, number)
        share = dice.choice([0.0, 0.1, 0.5, 0.9, 1.0])
        left = {number: _left(self.files[number], dice, share) for number in names.values()}
        return {path: left[number] for path, number in names.items()}

    def _file(self, path: str) -> File:
        return self.files[self.names[path]]

    def _name(self, path: str, number: int | None) -> None:
        _rename(self.names, path, number)
        self.unsure_names.append((path, number))

    def _sync(self, file: File) -> None:
        for write in file.unsure:
            _apply(file.kept, write)
        file.unsure.clear()
        if file.syncs_its_folder:
            file.syncs_its_folder = False
            self._sync_names()

    def _sync_names(self) -> None:
        self.kept_names = dict(self.names)
        self.unsure_names.clear()


def cut(changes: Sequence[Change], at: int, dice: random.Random) -> tuple[str, dict[str, bytes]]:
    """Give what was last acknowledged before a power cut, and what is left on the disk."""
    disk = Disk()
    for change in changes[:at]:
        disk.do(change)
    return disk.acknowledged, disk.after_power_cut(dice)


def _rename(names: dict[str, int], path: str, number: int | None) -> None:
    if number is None:
        names.pop(path, None)
    else:
        names[path] = number


def _left(file: File, dice: random.Random, share: float) -> bytes:
    left = bytearray(file.kept)
    for offset, data in file.unsure:
        if offset < 0:
            if dice.random() < share:
                _apply(left, (offset, data))
            continue
        for start in range(0, len(data), SECTOR):
            if dice.random() < share:
                _apply(left, (offset + start, data[start : start + SECTOR]))
    return bytes(left)


def _apply(content: bytearray, write: Write) -> None:
    offset, data = write
    if offset < 0:
        size = int(data)
        del content[size:]
        content.extend(bytes(size - len(content)))
        return
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(data)] = data
