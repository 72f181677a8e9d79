import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from icsgen.errors import NotFound
from icsgen.store import Store
from icsgen.store.backup import back_up, restoring
from icsgen.store.sqlite import open_store
from icsgen.store.watch import Watch
from tests.store.contract import kept
from tests.store.nouns import NOW, interview

HANG_S = 20.0
"""Ten times the two seconds that are promised: for what hangs, not for what is slow."""

WRITE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from icsgen.store.sqlite import open_store
now = datetime(2026, 11, 22, tzinfo=UTC)
store = open_store(Path(sys.argv[1]), now=now)
with store.transaction() as writer:
    writer.set("name", sys.argv[2])
store.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "afterword.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(open_store(path, now=NOW)) as store:
        yield store


@pytest.fixture
def told() -> SimpleQueue[bool]:
    return SimpleQueue()


def settle(told: SimpleQueue[bool]) -> None:
    """Wait until nothing more is told of what was done so far."""
    while True:
        try:
            told.get(timeout=2)
        except Empty:
            return


def test_another_process_s_write_is_told(path: Path, store: Store, told: SimpleQueue[bool]) -> None:
    # Asked once an hour: what is told here, the system told.
    with closing(Watch(path, lambda: told.put(True), poll_s=3600)) as watch:
        assert watch.is_told
        for name in ("Kim", "Lou"):
            subprocess.run([sys.executable, "-c", WRITE, path, name], check=True, timeout=60)
            assert told.get(timeout=HANG_S)
            with store.reading() as reader:
                assert reader.settings() == {"name": name}
            settle(told)


def test_a_look_is_not_told(path: Path, store: Store, told: SimpleQueue[bool]) -> None:
    with closing(Watch(path, lambda: told.put(True), poll_s=0.05)):
        for _ in range(10):
            assert kept(store) == ()
        with pytest.raises(NotFound), store.transaction() as writer:
            writer.remove("nobody")
        with pytest.raises(Empty):
            told.get(timeout=1)


def test_where_the_system_tells_nothing_sqlite_is_asked(
    path: Path, store: Store, told: SimpleQueue[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("icsgen.store.watch.Observer.start", _refuse)
    with closing(Watch(path, lambda: told.put(True), poll_s=0.05)) as watch:
        assert not watch.is_told
        with store.transaction() as writer:
            writer.add(interview())
        assert told.get(timeout=HANG_S)


def test_a_restore_is_told_even_over_a_damaged_file(
    path: Path, store: Store, told: SimpleQueue[bool]
) -> None:
    with store.transaction() as writer:
        writer.add(interview())
    made = back_up(path, NOW)
    with closing(Watch(path, lambda: told.put(True), poll_s=3600)):
        path.write_bytes(b"no store")
        settle(told)
        with restoring(path, made.path, NOW):
            pass
        assert told.get(timeout=HANG_S)
        assert kept(store) == (interview(),)
        settle(told)
        with store.transaction() as writer:
            writer.set("name", "Kim")
        assert told.get(timeout=HANG_S)


def test_nothing_is_told_after_the_end(path: Path, store: Store, told: SimpleQueue[bool]) -> None:
    watch = Watch(path, lambda: told.put(True), poll_s=0.05)
    watch.close()
    with store.transaction() as writer:
        writer.add(interview())
    with pytest.raises(Empty):
        told.get(timeout=0.5)


def _refuse(*_: object) -> None:
    raise OSError("no more watches")
