"""Power cuts: the real store and the real SQLite on a disk that forgets what was not synced."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from icsgen.errors import StoreDamaged
from icsgen.journal import Step
from icsgen.store import Reader, Writer, sqlite
from icsgen.store.backup import back_up, backups, is_sound, restoring
from icsgen.store.sqlite import open_store
from tests.faults.disk import Change, Recorder, cut
from tests.faults.vfs import listening
from tests.store.nouns import LOOKS, NOW, feed, interview, promised

State = tuple[object, ...]

QUICK, WHOLE = 60, 300


def state(reader: Reader) -> State:
    return reader.interviews(), reader.settings(), reader.feeds(), reader.all_revisions()


def steps() -> list[Callable[[Writer], object]]:
    """What is done in turn, each in a transaction of its own."""

    def note(number: int) -> Callable[[Writer], object]:
        def do(writer: Writer) -> None:
            writer.append("acme", promised(1 + number % 28))
            writer.set("notes", str(number))
            writer.revise("acme", dict.fromkeys(Step, f"look {number}"), NOW)

        return do

    def long(writer: Writer) -> None:
        for number in range(20):
            writer.add(interview(f"long{number}", company="A long name " * 200))

    def short(writer: Writer) -> None:
        for number in range(20):
            writer.remove(f"long{number}")

    return [
        lambda writer: writer.add(interview()),
        lambda writer: writer.revise("acme", LOOKS, NOW),
        *map(note, range(4)),
        lambda writer: writer.add_feed(feed()),
        long,
        *map(note, range(4, 7)),
        short,
        lambda writer: writer.revoke_feed("phone", NOW),
    ]


class Story:
    """A life of a store, written down as it happened to the disk."""

    def __init__(self, folder: Path, mode: str) -> None:
        self.path = folder / "afterword.db"
        self.states: list[State] = []
        recorder = Recorder(folder)
        self.changes: list[Change] = recorder.changes
        with listening(recorder), pytest.MonkeyPatch.context() as patch:
            patch.setattr(sqlite, "journal_mode", lambda: mode)
            self._live(recorder)

    def _live(self, recorder: Recorder) -> None:
        with closing(open_store(self.path, now=NOW)) as store:
            self._said(recorder, store)
            for do in steps():
                with store.transaction() as writer:
                    do(writer)
                self._said(recorder, store)
            made = back_up(self.path, NOW)
            self._said(recorder, store)
            with store.transaction() as writer:
                writer.remove("acme")
            self._said(recorder, store)
            with restoring(self.path, made.path, NOW + timedelta(days=1)) as writer:
                writer.revise("acme", LOOKS, NOW)
            self._said(recorder, store)

    def _said(self, recorder: Recorder, store: sqlite.SqliteStore) -> None:
        with store.reading() as reader:
            self.states.append(state(reader))
        recorder.acknowledged(str(len(self.states) - 1))


def survivors(story: Story, folder: Path, cuts: int, seed: int) -> Iterator[tuple[int, Path]]:
    """Give, for each power cut, the number of the last acknowledged state, and what is left."""
    dice = random.Random(seed)  # noqa: S311 - not a secret
    for number in range(cuts):
        at = dice.randint(0, len(story.changes))
        said, left = cut(story.changes, at, dice)
        home = folder / str(number)
        yield (int(said) if said else -1), put(left, story.path.parent, home)
        shutil.rmtree(home)


def put(left: dict[str, bytes], lived: Path, home: Path) -> Path:
    """Put what is left on the disk in a folder of its own, and give the store in it."""
    (home / "backups").mkdir(parents=True)
    for path, content in left.items():
        (home / Path(path).relative_to(lived)).write_bytes(content)
    return home / "afterword.db"


def losses(story: Story, folder: Path, cuts: int, seed: int = 1) -> tuple[int, int]:
    """Give how many cuts lost something acknowledged, and how many left an unsound file."""
    lost = ruined = 0
    for said, path in survivors(story, folder, cuts, seed):
        try:
            with closing(open_store(path, now=NOW)) as store, store.reading() as reader:
                found = state(reader)
        except Exception:  # noqa: BLE001 - whatever it is, it counts
            ruined += 1
            continue
        # What was under way may be there or not, but whole; a new store is an empty one.
        allowed = story.states[max(said, 0) : said + 2] or story.states[:1]
        lost += found not in allowed
        ruined += not is_sound(path) or not all(is_sound(one.path) for one in backups(path))
    return lost, ruined


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lived").mkdir()
    return tmp_path


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_no_power_cut_loses_what_was_acknowledged(folder: Path, mode: str) -> None:
    story = Story(folder / "lived", mode)
    assert losses(story, folder, QUICK) == (0, 0)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_nor_do_three_hundred(folder: Path, mode: str) -> None:
    story = Story(folder / "lived", mode)
    assert losses(story, folder, WHOLE, seed=2) == (0, 0)


def test_a_power_cut_while_a_damaged_file_is_replaced_leaves_one_of_the_two(folder: Path) -> None:
    home, path = folder / "lived", folder / "lived" / "afterword.db"
    recorder = Recorder(home)
    with listening(recorder):
        with closing(open_store(path, now=NOW)) as store, store.transaction() as writer:
            writer.add(interview())
        made = back_up(path, NOW)
        junk = b"no store of ours" * 4096
        path.write_bytes(junk)
        # Python's own writing is not listened to.
        recorder.truncated(str(path), 0)
        recorder.wrote(str(path), 0, junk)
        recorder.synced(str(path))
        begun = len(recorder.changes)
        with restoring(path, made.path, NOW):
            pass
    dice = random.Random(3)  # noqa: S311 - not a secret
    seen = set()
    for number, at in enumerate(range(begun, len(recorder.changes) + 1)):
        _, left = cut(recorder.changes, at, dice)
        found = put(left, home, folder / f"after{number}")
        names = [one.name for one in found.parent.iterdir()]
        assert sum(one.startswith("afterword.db") and "-journal" not in one for one in names) >= 1
        if found.read_bytes() == junk:
            with pytest.raises(StoreDamaged):
                open_store(found, now=NOW)
            with restoring(found, backups(found)[-1].path, NOW):
                pass
            seen.add("damaged")
        with closing(open_store(found, now=NOW)) as store, store.reading() as reader:
            assert reader.interviews() == (interview(),)
    assert found.read_bytes() != junk
    assert seen == {"damaged"}


@pytest.mark.parametrize(
    ("mode", "level"),
    [("delete", "OFF"), ("delete", "NORMAL"), ("delete", "FULL"), ("wal", "NORMAL")],
)
def test_the_model_tells_a_store_that_does_not_wait_for_the_disk(
    folder: Path, mode: str, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a log even FULL is not enough: a journal that was deleted may come back."""
    real = sqlite.connect

    def careless(path: Path) -> sqlite3.Connection:
        connection = real(path)
        connection.execute(f"PRAGMA synchronous = {level}")
        return connection

    monkeypatch.setattr(sqlite, "connect", careless)
    story = Story(folder / "lived", mode)
    lost, ruined = losses(story, folder, QUICK)
    assert lost + ruined > 0
