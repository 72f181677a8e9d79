import os
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from icsgen.errors import StoreDamaged, StoreError, StoreTooNew
from icsgen.store import Store, schema
from icsgen.store.backup import back_up
from icsgen.store.sqlite import journal_mode, open_store
from tests.store.contract import StoreContract, kept
from tests.store.nouns import LOOKS, NOW, interview, promised


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "afterword.db"


class TestSqlite(StoreContract):
    @pytest.fixture
    def store(self, path: Path) -> Iterator[Store]:
        store = open_store(path, now=NOW)
        yield store
        store.close()


class TestSqliteWithALog(StoreContract):
    """As on systems whose SQLite may keep a write-ahead log; one process alone can do no harm."""

    @pytest.fixture
    def store(self, path: Path) -> Iterator[Store]:
        store = open_store(path, now=NOW, mode="wal")
        yield store
        store.close()

    def test_the_log_is_there(self, store: Store, path: Path) -> None:
        assert kept(store) == ()
        assert Path(f"{path}-wal").exists()


def raw(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "delete"),
        ((3, 44, 5), "delete"),
        ((3, 44, 6), "wal"),
        ((3, 45, 3), "delete"),
        ((3, 50, 6), "delete"),
        ((3, 50, 7), "wal"),
        ((3, 51, 2), "delete"),
        ((3, 51, 3), "wal"),
        ((3, 54, 0), "wal"),
        ((4, 0, 0), "wal"),
    ],
)
def test_a_log_is_kept_only_where_its_bug_is_mended(version: tuple[int, ...], mode: str) -> None:
    assert journal_mode(version) == mode


def test_what_was_kept_is_there_at_the_next_start(path: Path) -> None:
    with closing(open_store(path, now=NOW)) as store, store.transaction() as writer:
        writer.add(interview(journal=[promised()]))
    with closing(open_store(path, now=NOW)) as store:
        assert kept(store) == (interview(journal=[promised()]),)


def test_the_file_says_whose_it_is(path: Path) -> None:
    open_store(path, now=NOW).close()
    header = path.read_bytes()[:100]
    assert header[68:72] == b"Aftw"
    assert int.from_bytes(header[60:64], "big") == len(schema.MIGRATIONS)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o277])
def test_only_the_owner_reads_whatever_the_umask(path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with closing(open_store(path, now=NOW)) as store, store.transaction() as writer:
            writer.add(interview())
            beside = [stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()]
        made = back_up(path, NOW)
    finally:
        os.umask(before)
    assert set(beside) == {0o600}
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700


def test_what_is_removed_is_gone_from_the_file(path: Path) -> None:
    secret = "a sentence that nobody is to read again " * 200
    with closing(open_store(path, now=NOW)) as store:
        with store.transaction() as writer:
            writer.add(interview(company=secret))
            writer.add(interview("other"))
        assert secret[:40].encode() in path.read_bytes()
        with store.transaction() as writer:
            writer.remove("acme")
        assert secret[:40].encode() not in path.read_bytes()
        assert kept(store) == (interview("other"),)


def test_with_a_log_too(path: Path) -> None:
    secret = "a sentence that nobody is to read again " * 200
    with closing(open_store(path, now=NOW, mode="wal")) as store:
        with store.transaction() as writer:
            writer.add(interview(company=secret))
        with store.transaction() as writer:
            writer.remove("acme")
        everything = b"".join(one.read_bytes() for one in path.parent.iterdir())
        assert secret[:40].encode() not in everything


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET record = '{}'",
        "DELETE FROM journal",
        "UPDATE revision SET sequence = sequence - 1",
        "UPDATE state SET floor = floor - 1",
    ],
)
def test_the_table_itself_refuses_what_must_never_be(path: Path, statement: str) -> None:
    with closing(open_store(path, now=NOW)) as store, store.transaction() as writer:
        writer.add(interview(journal=[promised()]))
        writer.revise("acme", LOOKS, NOW)
    with (
        closing(raw(path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match=r"never|only"),
    ):
        connection.execute(statement)


def test_two_opened_at_once_see_each_other(path: Path) -> None:
    with closing(open_store(path, now=NOW)) as one, closing(open_store(path, now=NOW)) as other:
        with one.transaction() as writer:
            writer.add(interview())
        assert kept(other) == (interview(),)
        with other.transaction() as writer:
            writer.append("acme", promised())
        assert kept(one) == (interview(journal=[promised()]),)


def test_the_version_moves_exactly_when_another_writes(path: Path) -> None:
    with closing(open_store(path, now=NOW)) as one, closing(open_store(path, now=NOW)) as other:
        first = one.data_version()
        kept(other)
        assert one.data_version() == first
        with other.transaction() as writer:
            writer.set("name", "Kim")
        assert one.data_version() != first


def test_a_newer_afterword_s_file_is_refused_in_words_and_left_as_it_is(path: Path) -> None:
    open_store(path, now=NOW).close()
    with closing(raw(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(StoreTooNew, match="newer Afterword"):
        open_store(path, now=NOW)
    assert path.read_bytes() == before


def test_a_file_that_a_newer_one_changes_meanwhile_is_not_touched(path: Path) -> None:
    with closing(open_store(path, now=NOW)) as store:
        with closing(raw(path)) as connection:
            connection.execute("PRAGMA user_version = 99")
        with pytest.raises(StoreTooNew), store.transaction() as writer:
            writer.add(interview())
        with pytest.raises(StoreTooNew), store.reading() as reader:
            reader.interviews()
    with closing(raw(path)) as connection:
        assert connection.execute("SELECT count(*) FROM interview").fetchone() == (0,)


def test_another_program_s_database_is_no_store(path: Path) -> None:
    path.parent.mkdir()
    with closing(raw(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    before = path.read_bytes()
    with pytest.raises(StoreDamaged, match="no file of Afterword"):
        open_store(path, now=NOW)
    assert path.read_bytes() == before


def test_a_file_that_goes_while_it_is_open_is_missed(path: Path) -> None:
    with closing(open_store(path, now=NOW)) as store:
        path.rename(path.with_name("elsewhere"))
        with pytest.raises(StoreError, match="gone"), store.reading():
            pass
        assert not path.exists()


@pytest.mark.parametrize("suffix", ["-journal", "-wal"])
def test_a_journal_without_its_file_ruins_no_new_one(path: Path, suffix: str) -> None:
    path.parent.mkdir()
    beside = Path(f"{path}{suffix}")
    beside.write_bytes(b"what belongs to a file that is gone")
    with pytest.raises(StoreError, match="the file is gone"):
        open_store(path, now=NOW)
    assert beside.exists()
    assert not path.exists()


def test_a_row_that_cannot_be_read_is_named(path: Path) -> None:
    with closing(open_store(path, now=NOW)) as store:
        with store.transaction() as writer:
            writer.add(interview())
        with closing(raw(path)) as connection:
            connection.execute("UPDATE interview SET record = '{' WHERE id = 'acme'")
        with pytest.raises(StoreDamaged, match="the interview acme"):
            kept(store)


def test_an_old_file_is_copied_before_it_is_changed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_store(path, now=NOW)) as store, store.transaction() as writer:
        writer.add(interview())

    def add_a_table(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE added (x)")

    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, add_a_table))
    with closing(open_store(path, now=NOW)) as store:
        assert kept(store) == (interview(),)
    with closing(raw(path)) as connection:
        assert schema.version(connection) == 2
        names = connection.execute("SELECT name FROM migration ORDER BY version").fetchall()
    (copy,) = (path.parent / "backups").iterdir()
    with closing(raw(copy)) as connection:
        assert schema.version(connection) == 1
    assert names == [("interviews_and_feeds",), ("add_a_table",)]


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_store(path, now=NOW)) as store, store.transaction() as writer:
        writer.add(interview())

    def fail_half_way(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE added (x)")
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, fail_half_way))
        with pytest.raises(ZeroDivisionError):
            open_store(path, now=NOW)
    with closing(open_store(path, now=NOW)) as store:
        assert kept(store) == (interview(),)
    with closing(raw(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    assert ("added",) not in tables


def test_blocks_do_not_nest(path: Path) -> None:
    with closing(open_store(path, now=NOW)) as store:
        with store.transaction() as writer:
            writer.add(interview())
            with pytest.raises(RuntimeError, match="nest"), store.reading():
                pass
            with pytest.raises(RuntimeError, match="nest"), store.transaction():
                pass
        assert kept(store) == (interview(),)


def test_two_kinds_of_sqlite_never_share_a_log(path: Path) -> None:
    with closing(open_store(path, now=NOW, mode="wal")) as store:
        with store.transaction() as writer:
            writer.add(interview())
        with pytest.raises(StoreError, match="newer SQLite"):
            open_store(path, now=NOW, mode="delete")
    with closing(open_store(path, now=NOW, mode="delete")) as store:
        assert kept(store) == (interview(),)
        with closing(open_store(path, now=NOW, mode="wal")) as other:
            with pytest.raises(StoreError, match="newer SQLite"), store.transaction() as writer:
                writer.remove("acme")
            assert kept(other) == (interview(),)


def test_both_journal_modes_leave_a_file_that_the_other_opens(path: Path) -> None:
    for mode in ("delete", "wal", "delete"):
        with closing(open_store(path, now=NOW, mode=mode)) as store, store.transaction() as writer:
            writer.set("mode", mode)
    with closing(open_store(path, now=NOW)) as store, store.reading() as reader:
        assert reader.settings() == {"mode": "delete"}
