from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from icsgen.errors import NotFound, StoreBusy, StoreDamaged, StoreTooNew, UsageError
from icsgen.journal import Step
from icsgen.store import Store
from icsgen.store.backup import (
    back_up,
    backups,
    copy,
    erase,
    erase_damaged,
    is_due,
    is_sound,
    restoring,
    rotate,
)
from icsgen.store.copies import require_elsewhere
from icsgen.store.sqlite import open_store
from tests.store.contract import changes, kept
from tests.store.nouns import LOOKS, NOW, feed, interview, promised

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
STEP = Step.REPLY


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "afterword.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(open_store(path, now=NOW)) as store:
        yield store


def sequences(store: Store) -> dict[str, int]:
    with store.reading() as reader:
        return {name: found[STEP].sequence for name, found in reader.all_revisions().items()}


def spoil(path: Path) -> bytes:
    path.write_bytes(path.read_bytes()[:512] + b"no page of ours " * 600)
    return path.read_bytes()


def test_a_backup_is_the_whole_store(path: Path, store: Store) -> None:
    with store.transaction() as writer:
        writer.add(interview(journal=[promised()]))
        writer.revise("acme", LOOKS, NOW)
    made = back_up(path, NOW)
    assert is_sound(made.path)
    with closing(open_store(made.path, now=NOW)) as copied:
        assert kept(copied) == (interview(journal=[promised()]),)
        assert sequences(copied) == {"acme": 0}


def test_a_backup_waits_for_nobody_s_end(path: Path, store: Store) -> None:
    with store.transaction() as writer:
        writer.add(interview())
    with store.reading() as reader:
        made = back_up(path, NOW)
        assert reader.interviews() == (interview(),)
    assert made in backups(path)


def test_two_backups_of_one_second_are_two(path: Path, store: Store) -> None:
    with store.transaction() as writer:
        writer.add(interview())
    made = [back_up(path, NOW), back_up(path, NOW), back_up(path, NOW + SECOND)]
    assert list(backups(path)) == made
    assert [one.made_at for one in made] == [NOW, NOW, NOW + SECOND]


def test_backups_go_after_thirty_days(path: Path, store: Store) -> None:
    assert kept(store) == ()
    days = [0, 1, 31, 32]
    made = [back_up(path, NOW + day * DAY) for day in days]
    assert list(backups(path)) == made[2:]
    assert rotate(path, NOW + 61 * DAY) == ()
    assert list(rotate(path, NOW + 61 * DAY + SECOND)) == made[2:3]
    assert list(backups(path)) == made[3:]


def test_a_backup_is_due_once_a_day(path: Path, store: Store) -> None:
    assert kept(store) == ()
    assert is_due(path, NOW)
    back_up(path, NOW)
    assert not is_due(path, NOW)
    assert not is_due(path, NOW + DAY - SECOND)
    assert is_due(path, NOW + DAY)
    assert is_due(path, NOW - SECOND)


def test_a_stranger_s_file_among_the_backups_stays(path: Path, store: Store) -> None:
    assert kept(store) == ()
    made = back_up(path, NOW)
    strangers = [made.path.with_name(name) for name in ("notes.txt", "other-20200101T000000Z.db")]
    strangers.append(made.path.with_name("afterword-20209901T000000Z.db"))
    for stranger in strangers:
        stranger.write_text("mine")
    rotate(path, NOW + 100 * DAY)
    assert all(stranger.exists() for stranger in strangers)
    assert not made.path.exists()


def test_a_damaged_store_is_not_backed_up_and_costs_no_old_backup(path: Path) -> None:
    with closing(open_store(path, now=NOW)) as store, store.transaction() as writer:
        for number in range(50):
            writer.add(interview(f"id{number}"))
    good = back_up(path, NOW)
    spoil(path)
    with pytest.raises(StoreDamaged):
        back_up(path, NOW + 40 * DAY)
    assert backups(path) == (good,)


def test_a_restore_brings_everything_back(path: Path, store: Store) -> None:
    with store.transaction() as writer:
        writer.add(interview(journal=[promised()]))
        writer.set("name", "Kim")
    made = back_up(path, NOW)
    with store.transaction() as writer:
        writer.wipe()
        writer.add(interview("other"))
    before = changes(store)
    with restoring(path, made.path, NOW) as writer:
        assert writer.interviews() == (interview(journal=[promised()]),)
    assert kept(store) == (interview(journal=[promised()]),)
    with store.reading() as reader:
        assert reader.settings() == {"name": "Kim"}
        assert reader.changes() > before


def test_what_a_restore_replaced_is_set_aside(path: Path, store: Store) -> None:
    made = back_up(path, NOW)
    with store.transaction() as writer:
        writer.add(interview())
    with restoring(path, made.path, NOW + DAY):
        pass
    assert kept(store) == ()
    assert backups(path) == (made,)
    _, aside = backups(path, replaced=True)
    with closing(open_store(aside.path, now=NOW)) as copied:
        assert kept(copied) == (interview(),)
    assert rotate(path, NOW + 32 * DAY) == (made, aside)


def test_a_restore_that_fails_half_way_changes_nothing(path: Path, store: Store) -> None:
    made = back_up(path, NOW)
    with store.transaction() as writer:
        writer.add(interview())
    with pytest.raises(KeyError), restoring(path, made.path, NOW):
        raise KeyError
    assert kept(store) == (interview(),)


def test_a_restore_gives_no_number_twice(path: Path, store: Store) -> None:
    with store.transaction() as writer:
        writer.add(interview())
        writer.revise("acme", {STEP: "a"}, NOW)
    made = back_up(path, NOW)
    with store.transaction() as writer:
        writer.revise("acme", {STEP: "b"}, NOW)
        writer.revise("acme", {STEP: "c"}, NOW)
    assert sequences(store) == {"acme": 2}
    with restoring(path, made.path, NOW) as writer:
        writer.revise("acme", {STEP: "a"}, NOW)
    assert sequences(store) == {"acme": 3}
    with restoring(path, made.path, NOW) as writer:
        writer.revise("acme", {STEP: "a"}, NOW)
    assert sequences(store) == {"acme": 3}


def test_addresses_in_use_go_on_and_a_revoked_one_does_not_come_back(
    path: Path, store: Store
) -> None:
    with store.transaction() as writer:
        writer.add_feed(feed("phone", "t1"))
    made = back_up(path, NOW)
    with store.transaction() as writer:
        writer.revoke_feed("phone", NOW)
        writer.add_feed(feed("phone", "t2"))
    with restoring(path, made.path, NOW):
        pass
    with store.reading() as reader:
        in_force = [one.token for one in reader.feeds() if one.revoked_at is None]
    assert in_force == ["t2"]


def test_after_a_wipe_a_label_made_anew_wins_over_the_backup_s(path: Path, store: Store) -> None:
    with store.transaction() as writer:
        writer.add_feed(feed("phone", "t1"))
        writer.add_feed(feed("office", "t2"))
    made = back_up(path, NOW)
    with store.transaction() as writer:
        writer.wipe()
        writer.add_feed(feed("phone", "t3"))
    with restoring(path, made.path, NOW):
        pass
    with store.reading() as reader:
        in_force = {one.label: one.token for one in reader.feeds() if one.revoked_at is None}
    assert in_force == {"phone": "t3", "office": "t2"}


def test_a_damaged_file_is_set_aside_unchanged_and_the_backup_takes_its_place(path: Path) -> None:
    with closing(open_store(path, now=NOW)) as store, store.transaction() as writer:
        writer.add(interview())
        writer.revise("acme", {STEP: "a"}, NOW)
    made = back_up(path, NOW)
    damaged = spoil(path)
    beside = Path(f"{path}-journal")
    beside.write_bytes(b"")
    with restoring(path, made.path, NOW + DAY) as writer:
        assert writer.interviews() == (interview(),)
    (aside,) = path.parent.glob("*.damaged-*Z")
    assert aside.read_bytes() == damaged
    assert not beside.exists()
    with closing(open_store(path, now=NOW)) as store:
        assert kept(store) == (interview(),)
        # The damaged file cannot say how far it had come, so the number rises for sure.
        assert sequences(store)["acme"] > 1_000


def test_an_open_store_follows_a_restore_over_its_damaged_file(path: Path) -> None:
    with closing(open_store(path, now=NOW)) as store:
        with store.transaction() as writer:
            writer.add(interview())
        made = back_up(path, NOW)
        path.write_bytes(b"")
        with restoring(path, made.path, NOW):
            pass
        with store.transaction() as writer:
            writer.append("acme", promised())
    with closing(open_store(path, now=NOW)) as store:
        assert kept(store) == (interview(journal=[promised()]),)


def test_where_the_file_is_gone_the_backup_takes_its_place(path: Path) -> None:
    with closing(open_store(path, now=NOW)) as store, store.transaction() as writer:
        writer.add(interview())
    made = back_up(path, NOW)
    path.unlink()
    Path(f"{path}-journal").write_bytes(b"of the file that is gone")
    with restoring(path, made.path, NOW):
        pass
    with closing(open_store(path, now=NOW)) as store:
        assert kept(store) == (interview(),)


def test_a_store_begun_anew_does_not_repeat_the_lost_one_s_numbers(path: Path) -> None:
    with closing(open_store(path, now=NOW)) as store, store.transaction() as writer:
        writer.add(interview())
        writer.revise("acme", {STEP: "a"}, NOW)
    made = back_up(path, NOW)
    with closing(open_store(path, now=NOW)) as store, store.transaction() as writer:
        writer.revise("acme", {STEP: "b"}, NOW)
    path.unlink()
    with closing(open_store(path, now=NOW)) as store:
        with restoring(path, made.path, NOW) as writer:
            writer.revise("acme", {STEP: "a"}, NOW)
        assert sequences(store)["acme"] > 1


def test_a_damaged_backup_is_refused_and_nothing_changes(path: Path, store: Store) -> None:
    with store.transaction() as writer:
        writer.add(interview())
    made = back_up(path, NOW)
    spoil(made.path)
    with pytest.raises(StoreDamaged), restoring(path, made.path, NOW):
        pass
    assert kept(store) == (interview(),)
    with pytest.raises(NotFound), restoring(path, made.path.with_name("none.db"), NOW):
        pass


def test_a_file_that_is_no_store_is_no_backup(path: Path, store: Store, tmp_path: Path) -> None:
    with store.transaction() as writer:
        writer.add(interview())
    other = tmp_path / "other.txt"
    other.write_text("a letter")
    with pytest.raises(StoreDamaged), restoring(path, other, NOW):
        pass
    assert kept(store) == (interview(),)
    assert other.read_text() == "a letter"


def test_a_newer_afterword_s_store_is_not_replaced(path: Path) -> None:
    with closing(open_store(path, now=NOW)) as store, store.transaction() as writer:
        writer.add(interview())
    made = back_up(path, NOW)
    content = bytearray(path.read_bytes())
    content[60:64] = (99).to_bytes(4, "big")
    path.write_bytes(content)
    with pytest.raises(StoreTooNew), restoring(path, made.path, NOW):
        pass
    assert path.read_bytes() == content


def test_nothing_unfinished_stays_behind(path: Path, store: Store) -> None:
    made = back_up(path, NOW)
    with restoring(path, made.path, NOW):
        pass
    with pytest.raises(KeyError), restoring(path, made.path, NOW):
        raise KeyError
    copy(path, NOW)
    assert kept(store) == ()
    assert [one.name for one in path.parent.rglob(".*")] == []


def test_a_wipe_can_take_the_copies_along(path: Path) -> None:
    with closing(open_store(path, now=NOW)) as store, store.transaction() as writer:
        writer.add(interview())
    made = back_up(path, NOW)
    spoil(path)
    with restoring(path, made.path, NOW):
        pass
    back_up(path, NOW + DAY)
    erase(path)
    assert [one.name for one in path.parent.iterdir() if one.is_file()] == ["afterword.db"]
    assert list((path.parent / "backups").iterdir()) == []


def ids_in(file: Path) -> set[str]:
    with closing(open_store(file, now=NOW)) as found:
        return {one.id for one in kept(found)}


def test_what_was_written_beside_restores_is_in_the_store_or_in_what_was_set_aside(
    path: Path, store: Store
) -> None:
    assert kept(store) == ()
    made = back_up(path, NOW)
    restores, adds = 8, 25

    def add(name: str) -> list[str]:
        done = []
        for number in range(adds):
            with closing(open_store(path, now=NOW)) as mine, mine.transaction() as writer:
                writer.add(interview(f"{name}{number}"))
            done.append(f"{name}{number}")
        return done

    def restore() -> None:
        for _ in range(restores):
            with restoring(path, made.path, NOW):
                pass

    with ThreadPoolExecutor(3) as pool:
        writers = [pool.submit(add, name) for name in ("a", "b")]
        pool.submit(restore).result()
        acknowledged = {one for each in writers for one in each.result()}
    aside = [one.path for one in backups(path, replaced=True) if one.replaced]
    assert len(aside) == restores
    assert len(acknowledged) == 2 * adds
    assert acknowledged <= ids_in(path).union(*map(ids_in, aside))


def test_nobody_writes_between_what_is_set_aside_and_what_takes_its_place(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kept(store) == ()
    made = back_up(path, NOW)
    monkeypatch.setattr("icsgen.store.sqlite._WAIT_S", 0.0)

    def copied(*given: object, **named: object) -> None:
        copy(*given, **named)  # type: ignore[arg-type]
        with closing(open_store(path, now=NOW)) as other, other.transaction() as writer:
            writer.add(interview())

    monkeypatch.setattr("icsgen.store.backup.copy", copied)
    with pytest.raises(StoreBusy), restoring(path, made.path, NOW):
        pass


def test_a_copy_takes_the_place_of_no_file_that_is_kept(
    path: Path, store: Store, tmp_path: Path
) -> None:
    assert kept(store) == ()
    made = back_up(path, NOW)
    link, letter, again = (tmp_path / name for name in ("link", "letter.txt", "again.db"))
    link.symlink_to(path)
    letter.write_text("mine")
    again.write_bytes(made.path.read_bytes())
    beside = made.path.with_name("afterword-20200101T000000Z.db")
    for own in (path, Path(f"{path}-journal"), Path(f"{path}-wal"), link, made.path, beside):
        with pytest.raises(UsageError, match="its own file"):
            require_elsewhere(path, own)
    with pytest.raises(UsageError, match=r"letter\.txt.*no backup"):
        require_elsewhere(path, letter)
    require_elsewhere(path, again)
    require_elsewhere(path, tmp_path / "new.db")


def test_a_wipe_takes_along_what_was_never_finished(path: Path, store: Store) -> None:
    made = back_up(path, NOW)
    left = [folder / ".unfinished-0123" for folder in (path.parent, made.path.parent)]
    for one in left:
        one.write_bytes(made.path.read_bytes())
    erase(path)
    assert not any(one.exists() for one in left)
    assert kept(store) == ()


def test_a_damaged_store_is_wiped_with_its_copies_and_begun_anew(path: Path) -> None:
    with closing(open_store(path, now=NOW)) as store, store.transaction() as writer:
        writer.add(interview())
    back_up(path, NOW)
    spoil(path)
    Path(f"{path}-journal").write_bytes(b"of a write that was cut short")
    erase_damaged(path)
    assert [one for one in path.parent.rglob("*") if one.is_file()] == []
    with closing(open_store(path, now=NOW)) as store:
        assert kept(store) == ()


def test_a_file_that_cannot_be_brought_back_is_named_and_so_is_one_that_can(
    path: Path, store: Store, tmp_path: Path
) -> None:
    assert kept(store) == ()
    good = back_up(path, NOW)
    bad = tmp_path / "bad.db"
    newer = bytearray(good.path.read_bytes())
    newer[60:64] = (99).to_bytes(4, "big")
    spoiled = good.path.read_bytes()[:512] + b"no page of ours " * 600
    said = {b"": "no file of", b"a letter": "no file of", spoiled: "damaged"}
    for content, what in said.items():
        bad.write_bytes(content)
        with pytest.raises(StoreDamaged, match=what) as caught, restoring(path, bad, NOW):
            pass
        assert caught.value.where == str(bad)
        assert str(good.path) in caught.value.remedy
    bad.write_bytes(newer)
    with pytest.raises(StoreTooNew) as new, restoring(path, bad, NOW):
        pass
    assert new.value.where == str(bad)
