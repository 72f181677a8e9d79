"""A file and a memory driven by the same words, which must then say the same."""

import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from icsgen.errors import AfterwordError
from icsgen.journal import Entry, Step, Undone
from icsgen.store import ImportKey, KeyKind, Reader, Store, Writer
from icsgen.store.backup import back_up, restoring
from icsgen.store.memory import Contents, MemoryStore
from icsgen.store.sqlite import SqliteStore, open_store
from tests.store.nouns import BERLIN, NOW, entries, feed, interview, texts

MEMORY = Path("/dev/shm")  # noqa: S108 - what is made there has a name of its own
"""Where there is one: this is about what is kept, and a real disk would make a minute of it."""

names = st.sampled_from(["acme", "beta", "core"])
labels = st.sampled_from(["phone", "office"])
steps = st.dictionaries(st.sampled_from(Step), st.sampled_from("abc"))


def outcome(doing: AbstractContextManager[Writer], do: Callable[[Writer], object]) -> object:
    try:
        with doing as writer:
            return do(writer)
    except AfterwordError as error:
        return type(error)


def everything(reader: Reader) -> list[object]:
    keys = [reader.import_key(KeyKind.UID, key) for key in ("u1", "u2")]
    content = reader.interviews(), reader.headings(), reader.settings(), reader.feeds()
    return [content, reader.all_revisions(), keys, reader.changes()]


class TwoStores(RuleBasedStateMachine):
    backups: Bundle[tuple[Path, Contents]] = Bundle("backups")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)
        self.path = Path(self.folder.name) / "afterword.db"
        self.now: datetime = NOW
        self.memory = MemoryStore()
        self.file: SqliteStore = open_store(self.path, now=NOW)
        self.tokens = 0
        self.given: dict[tuple[str, Step], tuple[int, datetime]] = {}
        self.count = 0

    def teardown(self) -> None:
        self.file.close()
        self.folder.cleanup()

    def both(self, do: Callable[[Writer], object]) -> None:
        stores: tuple[Store, Store] = (self.memory, self.file)
        first, second = (outcome(store.transaction(), do) for store in stores)
        assert first == second

    @rule(name=names, entry=entries(BERLIN))
    def add(self, name: str, entry: Entry) -> None:
        self.both(lambda writer: writer.add(interview(name, journal=[entry])))

    @rule(name=names, company=texts)
    def edit(self, name: str, company: str) -> None:
        self.both(lambda writer: writer.replace(interview(name, company=company)))

    @rule(name=names, entry=entries(BERLIN))
    def tell(self, name: str, entry: Entry) -> None:
        self.both(lambda writer: writer.append(name, entry))

    @rule(name=names)
    def undo(self, name: str) -> None:
        undone = Undone(self.now.astimezone(BERLIN), 0)
        self.both(lambda writer: writer.append(name, undone))

    @rule(name=names, looks=steps, hours=st.integers(-2, 48))
    def plan(self, name: str, looks: dict[Step, str], hours: int) -> None:
        self.now = max(NOW, self.now + timedelta(hours=hours))
        self.both(lambda writer: writer.revise(name, looks, self.now))

    @rule(name=names)
    def remove(self, name: str) -> None:
        self.both(lambda writer: writer.remove(name))

    @rule(sure=st.integers(0, 3))
    def wipe(self, sure: int) -> None:
        if not sure:
            self.both(lambda writer: writer.wipe())

    @rule(key=st.sampled_from(["name", "port"]), value=st.none() | texts)
    def settle(self, key: str, value: str | None) -> None:
        self.both(lambda w: w.unset(key) if value is None else w.set(key, value))

    @rule(label=labels)
    def subscribe(self, label: str) -> None:
        self.tokens += 1
        made = feed(label, f"t{self.tokens}")
        self.both(lambda writer: writer.add_feed(made))

    @rule(label=labels)
    def revoke(self, label: str) -> None:
        self.both(lambda writer: writer.revoke_feed(label, self.now))

    @rule(key=st.sampled_from(["u1", "u2"]), name=names, sequence=st.integers(0, 3))
    def remember(self, key: str, name: str, sequence: int) -> None:
        self.both(lambda writer: writer.remember(ImportKey(KeyKind.UID, key, name, sequence)))

    @rule(name=names, entry=entries(BERLIN))
    def fail_half_way(self, name: str, entry: Entry) -> None:
        def do(writer: Writer) -> None:
            writer.set("name", "nobody")
            writer.append(name, entry)
            raise AfterwordError("stop")

        self.both(do)

    @rule()
    def restart(self) -> None:
        self.file.close()
        self.file = open_store(self.path, now=self.now)

    @rule(target=backups)
    def back_up(self) -> Any:
        if len(list(self.folder_of_backups())) > 4:
            return multiple()
        self.now += timedelta(seconds=1)
        return back_up(self.path, self.now).path, self.memory.back_up()

    @rule(backup=backups, looks=steps, damage=st.integers(0, 3))
    def restore(self, backup: tuple[Path, Contents], looks: dict[Step, str], damage: int) -> None:
        path, contents = backup
        if not path.exists():  # thirty days old by now
            return
        # Nobody restores twice within a second and has changed a follow-up in between.
        self.now += timedelta(minutes=1)
        damaged = damage == 0
        if damaged:
            self.file.close()
            self.path.write_bytes(b"not what it was")

        def replan(writer: Writer) -> object:
            return [writer.revise(one.id, looks, self.now) for one in writer.headings()]

        doing = restoring(self.path, path, self.now)
        remembering = self.memory.restoring(contents, self.now, damaged=damaged)
        first, second = outcome(remembering, replan), outcome(doing, replan)
        assert not isinstance(first, type)
        assert first == second
        if damaged:
            self.file = open_store(self.path, now=self.now)

    @invariant()
    def they_say_the_same(self) -> None:
        with self.memory.reading() as one, self.file.reading() as other:
            first, second = everything(one), everything(other)
        # The counts differ: to replace a damaged file is a change of its own.
        assert first[:-1] == second[:-1]

    @invariant()
    def no_number_ever_falls(self) -> None:
        with self.file.reading() as reader:
            found = reader.all_revisions()
            count = reader.changes()
        assert count >= self.count
        self.count = count
        for name, revisions in found.items():
            for step, revision in revisions.items():
                before = self.given.get((name, step), (-1, NOW))
                assert revision.sequence >= before[0]
                self.given[name, step] = revision.sequence, revision.changed_at

    def folder_of_backups(self) -> list[Path]:
        return list(self.path.parent.glob("backups/*"))


TestTwoStores = TwoStores.TestCase
TestTwoStores.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
