"""A disk that is full from some change on, at each change in turn: of SQLite's and of our own."""

import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from icsgen.errors import StoreError, StoreFull
from icsgen.store.backup import back_up, backups, is_sound, restoring
from icsgen.store.sqlite import open_store
from tests.faults.vfs import FULL, listening
from tests.store.nouns import LOOKS, NOW, interview, promised

ALL_STEPS = 400


class FullDisk:
    """Has room for so many changes that need room; deleting needs none."""

    def __init__(self, folder: Path, room: int) -> None:
        self.folder = str(folder)
        self.room = room
        self.refused = 0

    def _take(self, path: str) -> int:
        if not path.startswith(self.folder):
            return 0
        self.room -= 1
        if self.room >= 0:
            return 0
        self.refused += 1
        return FULL

    def created(self, path: str, *, is_journal: bool) -> int:
        del is_journal
        return self._take(path)

    def wrote(self, path: str, offset: int, data: bytes) -> int:
        del offset, data
        return self._take(path)

    def truncated(self, path: str, size: int) -> int:
        del path, size
        return 0

    def synced(self, path: str) -> int:
        # Where room is only promised when written, it may turn out to be missing here.
        return self._take(path)

    def linked(self, old: str, new: str) -> int:
        del old
        return self._take(new)

    def renamed(self, old: str, new: str) -> int:
        del old
        return self._take(new)

    def deleted(self, path: str) -> int:
        del path
        return 0

    def folder_synced(self, path: str) -> int:
        del path
        return 0


def live(path: Path, said: list[str]) -> None:
    """A short life of a store; each step is noted in ``said`` when it is done."""
    with closing(open_store(path, now=NOW)) as store:
        said.append("made")
        with store.transaction() as writer:
            writer.add(interview())
            writer.revise("acme", LOOKS, NOW)
        said.append("added")
        for number in range(3):
            with store.transaction() as writer:
                writer.append("acme", promised(20 + number))
                writer.set("told", str(number))
            said.append(f"told {number}")
        made = back_up(path, NOW)
        said.append("backed up")
        with store.transaction() as writer:
            writer.add(interview("long", company="A long name " * 3000))
        said.append("grown")
        with restoring(path, made.path, NOW + timedelta(days=1)) as writer:
            writer.set("restored", "yes")
        said.append("restored")


def check(path: Path, said: list[str]) -> None:
    """Nothing acknowledged is lost, and the store works again."""
    with closing(open_store(path, now=NOW)) as store:
        with store.reading() as reader:
            settings = reader.settings()
            ids = [one.id for one in reader.interviews()]
            entries = len(reader.interview("acme").journal) if "acme" in ids else 0
        told = int(settings["told"]) + 1 if "told" in settings else 0
        assert entries == told
        assert ("acme" in ids) >= ("added" in said)
        acknowledged = sum(line.startswith("told") for line in said)
        assert acknowledged <= told <= acknowledged + 1
        if "restored" in said:
            assert settings["restored"] == "yes"
        elif "grown" in said:
            assert "long" in ids or "restored" in settings
        with store.transaction() as writer:
            writer.set("again", "yes")
        back_up(path, NOW)
    assert is_sound(path)
    assert all(is_sound(one.path) for one in backups(path, replaced=True))
    assert len(backups(path)) >= ("backed up" in said) + 1


def died(path: Path, said: list[str]) -> bool:
    """Live, and tell whether that ended with an error, which must be one of the disk."""
    try:
        live(path, said)
    except StoreError as error:
        # Where SQLite cannot even make a journal, it does not say why.
        if not isinstance(error, StoreFull) and "the disk" not in error.what:
            assert error.what == "the file may not be read or written"  # noqa: PT017 - one of many
        return True
    return False


def lives_on_a_full_disk(tmp_path: Path, mode: str, step: int) -> int:
    """Fill the disk at every ``step``-th change; give how many errors a person saw."""
    errors = 0
    for room in range(0, ALL_STEPS, step):
        home = tmp_path / str(room)
        path, said = home / "afterword.db", list[str]()
        home.mkdir()
        disk = FullDisk(home, room)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("icsgen.store.sqlite.journal_mode", lambda: mode)
            with listening(disk):
                errors += died(path, said)
            check(path, said)
        shutil.rmtree(home)
        assert (said[-1:] == ["restored"]) or disk.refused
        if not disk.refused:
            return errors
    raise AssertionError("there are more changes than were tried")


def test_a_full_disk_loses_nothing_and_says_so(tmp_path: Path) -> None:
    assert lives_on_a_full_disk(tmp_path, "delete", 19) > 3


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_at_each_step(tmp_path: Path, mode: str) -> None:
    assert lives_on_a_full_disk(tmp_path, mode, 1) > 70
